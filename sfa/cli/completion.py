"""Installs completion: a short script for the shell that asks `sfa --complete`."""

import os
from collections.abc import Sequence
from pathlib import Path

from sfa.cli.output import say
from sfa.errors import SfaError, UsageError

# What `sfa --complete bash` prints is quoted already; the other shells unquote what they send and quote what they get.
SCRIPTS = {
    "bash": """_sfa_complete() {
    local IFS=$' \\t\\n' line
    COMPREPLY=()
    while IFS= read -r line; do
        COMPREPLY+=("$line")
    done < <(sfa --complete bash "${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)
    case "${COMP_WORDS[1]}" in
        import | export) [ ${#COMPREPLY[@]} -gt 0 ] || compopt -o default 2>/dev/null ;;
    esac
}
complete -o nosort -F _sfa_complete sfa 2>/dev/null || complete -F _sfa_complete sfa
""",
    "zsh": """#compdef sfa
_sfa() {
    local -a found
    found=("${(@f)$(sfa --complete zsh "${(@Q)words[2,CURRENT]}" 2>/dev/null)}")
    found=("${(@)found:#}")
    if (( ${#found} )); then
        compadd -V sfa -- "${(@)found}"
    elif [[ ${words[2]} == (import|export) ]]; then
        _files
    fi
}
if [[ ${zsh_eval_context[-1]} == loadautofunc ]]; then
    _sfa "$@"
else
    compdef _sfa sfa
fi
""",
    "fish": """function __sfa_complete
    set -l words (commandline -opc)
    sfa --complete fish $words[2..-1] (commandline -ct | string unescape) 2>/dev/null
end
complete -c sfa -f -k -a '(__sfa_complete)'
complete -c sfa -n '__fish_seen_subcommand_from import export' -F
""",
    "powershell": """Register-ArgumentCompleter -Native -CommandName sfa -ScriptBlock {
    param($word, $ast, $position)
    $words = @($ast.CommandElements | Select-Object -Skip 1 |
        Where-Object { $_.Extent.EndOffset -lt $position } |
        ForEach-Object { if ($_.PSObject.Properties['Value']) { "$($_.Value)" } else { "$_" } })
    $last = '^' + $word.Trim("'", '"')
    sfa --complete powershell @words $last 2>$null | ForEach-Object {
        $text = if ($_ -match '^[\\w./-]+$') { $_ } else { "'" + ($_ -replace "['\u2018-\u201b]", '$0$0') + "'" }
        [System.Management.Automation.CompletionResult]::new($text, $_, 'ParameterValue', $_)
    }
}
""",
}
PLACES = {
    "bash": (".local/share/bash-completion/completions/sfa", ""),
    "zsh": (".zfunc/_sfa", "fpath=(~/.zfunc $fpath); autoload -Uz compinit && compinit"),
    "fish": (".config/fish/completions/sfa.fish", ""),
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
        sentence = f"No completion for the shell {named or 'you use'}."
        raise UsageError(sentence, hint=f"Name one of: {', '.join(SCRIPTS)}.")
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
        sentence = f"{target} cannot be written: {error.strerror or error}."
        raise SfaError(sentence, hint=f"Print it instead: sfa --show-completion {shell}") from error
    say(f"Completion for {shell} is in {target}; it works in new shells.")
    if line:
        say(f"Add to your profile, if it is not there yet: {line}")
    return 0
