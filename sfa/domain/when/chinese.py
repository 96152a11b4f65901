def read_chinese(line, at):
    return None
