"""What this interpreter is and what it has: printed as one JSON object on stdout. Imports no third-party package."""

import json
import os
import platform
import sys
import sysconfig


def interpreter():
    return {
        "path": sys.executable,
        "realPath": os.path.realpath(sys.executable),
        "version": platform.python_version(),
        "implementation": platform.python_implementation(),
        "prefix": sys.prefix,
        "basePrefix": getattr(sys, "base_prefix", sys.prefix),
        "gilDisabled": bool(sysconfig.get_config_var("Py_GIL_DISABLED")),
        "stdlib": sysconfig.get_paths().get("stdlib", ""),
        "packages": sorted({p for p in (sysconfig.get_paths().get(k) for k in ("purelib", "platlib")) if p}),
    }


def packages():
    """Installed distributions as (name, version); the first on sys.path wins, as it does for `import`."""
    from importlib import metadata

    found = {}
    for distribution in metadata.distributions():
        try:
            name, version = distribution.metadata["Name"], distribution.version
        except Exception:  # a broken dist-info folder is the environment's trouble, not a reason to fail
            continue
        if name and version:
            found.setdefault(name, version)
    return found


def threads():
    """Thread settings of the numeric libraries, from the environment."""
    names = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMBA_NUM_THREADS", "VECLIB_MAXIMUM_THREADS")
    return {name: os.environ[name] for name in names if name in os.environ}


def cores():
    """CPUs this process may run on, which in a container is fewer than the machine has."""
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:
        return os.cpu_count() or 1


def blas():
    """Which BLAS NumPy was built with, or None. This one imports NumPy, so only `doctor` asks for it."""
    try:
        import numpy
    except Exception:
        return None
    try:
        config = numpy.show_config(mode="dicts")
        library = config["Build Dependencies"]["blas"]
        return {"name": library.get("name"), "version": library.get("version"), "numpy": numpy.__version__}
    except Exception:
        return {"name": None, "version": None, "numpy": numpy.__version__}


def main(args):
    answer = {"interpreter": interpreter()}
    if "packages" in args:
        answer["packages"] = packages()
    if "machine" in args:
        answer["machine"] = {"cores": cores(), "threads": threads(), "platform": platform.platform(), "blas": blas()}
    print(json.dumps(answer))
