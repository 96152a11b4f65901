"""Installs completion: a short script for the shell that asks `sfa --complete`."""

import os
from collections.abc import Sequence
from pathlib import Path

from sfa.cli.output import say
from sfa.errors import SfaError, UsageError

SCRIPTS = {
    "bash": """_sfa_complete() {
    local IFS=$'\\n'
    COMPREPLY=($(sfa --complete "${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null))
    COMPREPLY=("${COMPREPLY[@]// /\\\\ }")
}
complete -o nosort -F _sfa_complete sfa
""",
    "zsh": """#compdef sfa
_sfa() {
    local -a found
    found=("${(@f)$(sfa --complete "${(@)words[2,CURRENT]}" 2>/dev/null)}")
    compadd -- $found
}
compdef _sfa sfa
""",
    "fish": """function __sfa_complete
    set -l words (commandline -opc) (commandline -ct)
    sfa --complete $words[2..-1] 2>/dev/null
end
complete -c sfa -f -a '(__sfa_complete)'
""",
    "powershell": """Register-ArgumentCompleter -Native -CommandName sfa -ScriptBlock {
    param($word, $ast, $position)
    $words = @($ast.CommandElements | Select-Object -Skip 1 | ForEach-Object { "$_" })
    if (-not $word) { $words += '' }
    sfa --complete @words 2>$null | ForEach-Object {
        $text = if ($_ -match ' ') { "'" + ($_ -replace "'", "''") + "'" } else { $_ }
        [System.Management.Automation.CompletionResult]::new($text, $_, 'ParameterValue', $_)
    }
}
""",
}
PLACES = {
    "bash": (".local/share/bash-completion/completions/sfa", None),
    "zsh": (".zfunc/_sfa", "fpath=(~/.zfunc $fpath); autoload -Uz compinit && compinit"),
    "fish": (".config/fish/completions/sfa.fish", None),
    "powershell": (".config/powershell/sfa-completion.ps1", '. "$HOME/.config/powershell/sfa-completion.ps1"'),
}


def _shell(words: Sequence[str]) -> str:
    """Return the shell named, or the one that runs us.

    Raises:
        UsageError: it is none that is known.
    """
    named = words[0] if words else Path(os.environ.get("SHELL", "powershell" if os.name == "nt" else "")).name
    name = {"pwsh": "powershell"}.get(named.lower(), named.lower())
    if name not in SCRIPTS:
        raise UsageError(
            f"No completion for the shell {named or 'you use'}.", hint=f"Name one of: {', '.join(SCRIPTS)}."
        )
    return name


def show_completion(words: Sequence[str]) -> int:
    """Print the script for a shell."""
    say(SCRIPTS[_shell(words)].rstrip())
    return 0


def install_completion(words: Sequence[str]) -> int:
    """Write the script where the shell finds it, and say what else is to do."""
    shell = _shell(words)
    place, line = PLACES[shell]
    target = Path.home() / place
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(SCRIPTS[shell], encoding="utf-8")
    except OSError as error:
        raise SfaError(
            f"{target} cannot be written: {error.strerror or error}.", hint="Print it: sfa --show-completion"
        ) from error
    say(f"Completion for {shell} is in {target}; it works in new shells.")
    if line:
        say(f"Add to your profile, if it is not there yet: {line}")
    return 0
