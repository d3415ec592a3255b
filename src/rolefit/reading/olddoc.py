"""Old binary Word documents (.doc), by a program that knows them, where one is installed.

LibreOffice makes a DOCX of it, which is read as any other; antiword makes text. Neither is brought
along: the format is a program by itself. They run apart (`programs`), LibreOffice with an empty
profile that fetches nothing and runs nothing.
"""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from rolefit.errors import DamagedFileError, LimitError, UnknownFormatError
from rolefit.reading import docx, programs, text
from rolefit.reading.common import Extract
from rolefit.reading.limits import Allowance

_OFFICES = (
    "soffice", "libreoffice", "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    r"C:\Program Files\LibreOffice\program\soffice.exe",
)  # fmt: skip
_RESERVE = 5.0  # seconds
_AGAIN = "Open it in Word, save it as DOCX or PDF, and try again."
# A profile that fetches nothing, runs nothing and has nowhere to go.
_SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableActiveContent" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Inet/Settings"><prop oor:name="ooInetProxyType" oor:op="fuse"><value>1</value></prop></item>
<item oor:path="/org.openoffice.Inet/Settings"><prop oor:name="ooInetHTTPProxyName" oor:op="fuse"><value>127.0.0.1</value></prop></item>
<item oor:path="/org.openoffice.Inet/Settings"><prop oor:name="ooInetHTTPProxyPort" oor:op="fuse"><value>9</value></prop></item>
<item oor:path="/org.openoffice.Inet/Settings"><prop oor:name="ooInetHTTPSProxyName" oor:op="fuse"><value>127.0.0.1</value></prop></item>
<item oor:path="/org.openoffice.Inet/Settings"><prop oor:name="ooInetHTTPSProxyPort" oor:op="fuse"><value>9</value></prop></item>
<item oor:path="/org.openoffice.Office.Jobs/Jobs/org.openoffice.Office.Jobs:Job['UpdateCheck']/Arguments"><prop oor:name="AutoCheckEnabled" oor:op="fuse" oor:type="xs:boolean"><value>false</value></prop></item>
</oor:items>
"""  # noqa: E501


def extract(data: bytes, allowance: Allowance, with_hidden: bool = False) -> Extract:
    """Raises UnknownFormatError where no program is installed, DamagedFileError, LimitError."""
    office = programs.find(*_OFFICES)
    antiword = programs.find("antiword")
    if not office and not antiword:
        raise UnknownFormatError(
            allowance.name,
            "it is an old binary Word document (.doc)",
            "Save it as DOCX or PDF and try again; where LibreOffice or antiword is installed, "
            "rolefit reads it with that.",
        )
    with TemporaryDirectory(prefix="rolefit-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        (folder / "resume.doc").write_bytes(data)
        if office:
            # LibreOffice takes long to start; what is quick is left some time.
            made = _with_office(office, folder, allowance, _RESERVE if antiword else 0.0)
            if made:
                return docx.extract(made, allowance, with_hidden)
        if antiword and (said := _with_antiword(antiword, folder, allowance)):
            return text.extract(said)
    cause = "it begins like an old Word document (.doc) and cannot be opened"
    raise DamagedFileError(allowance.name, cause, _AGAIN)


def _with_office(program: str, folder: Path, allowance: Allowance, reserve: float) -> bytes | None:
    profile = folder / "profile"
    (profile / "user").mkdir(parents=True)
    (profile / "user" / "registrymodifications.xcu").write_text(_SETTINGS, encoding="utf-8")
    arguments = (
        program, f"-env:UserInstallation={profile.as_uri()}", "--headless", "--norestore",
        "--nolockcheck", "--nodefault", "--nologo", "--convert-to", "docx:MS Word 2007 XML",
        "--outdir", str(folder), str(folder / "resume.doc"),
    )  # fmt: skip
    try:
        programs.run(arguments, folder, allowance, reserve)
    except LimitError:
        if not reserve:
            raise
    made = folder / "resume.docx"
    if not made.is_file():
        return None
    allowance.check_bytes(made.stat().st_size)
    return made.read_bytes()


def _with_antiword(program: str, folder: Path, allowance: Allowance) -> bytes:
    # -w 0: a paragraph a line.
    arguments = (program, "-m", "UTF-8.txt", "-w", "0", str(folder / "resume.doc"))
    return programs.run(arguments, folder, allowance)
