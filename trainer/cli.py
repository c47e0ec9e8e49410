"""The command ``landmark-trainer``. Parsing only; torch and the like are imported by the commands that need them."""

import argparse
import logging
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeAlias

from landmark_desktop import __version__
from landmark_desktop.core.errors import KnownError

EXIT_OK = 0
EXIT_FAILED = 1
EXIT_USAGE = 2
INSTALL = "pip install 'landmark-desktop[train]'"
TRAINING_PACKAGES = ("torch", "torchvision", "onnx", "onnxscript", "onnxslim", "matplotlib")


def main(argv: Sequence[str] | None = None) -> int:
    """Run ``landmark-trainer``. Returns 0 when the task was done, 1 when it could not be (reason and remedy are on
    stderr), 2 for bad usage."""
    parser = build_parser()
    try:
        arguments = parser.parse_args(argv)
    except SystemExit as stop:  # argparse has printed help or the complaint
        return stop.code if isinstance(stop.code, int) else EXIT_USAGE
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s: %(message)s")
    command: Callable[[argparse.Namespace], int] = arguments.command
    try:
        return command(arguments)
    except KnownError as error:
        print(f"{error.message}\n{error.remedy}", file=sys.stderr)
        return EXIT_FAILED
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] not in TRAINING_PACKAGES:
            raise
        print(f"The package {error.name} is not installed; landmark-trainer needs it.", file=sys.stderr)
        print(f"Install what training needs with: {INSTALL}", file=sys.stderr)
        return EXIT_FAILED
    except BrokenPipeError:
        # The reader of the output (head, a pager) has gone; nothing more may be written, not even at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return EXIT_OK
    except KeyboardInterrupt:
        print("Stopped. A training run can be continued with --resume.", file=sys.stderr)
        return EXIT_FAILED


def build_parser() -> argparse.ArgumentParser:
    """Return the parser of all commands."""
    parser = argparse.ArgumentParser(
        prog="landmark-trainer",
        description="Train, evaluate and export the landmark-recognition CNN.",
        epilog="Example: landmark-trainer prepare --data PHOTOS",
    )
    parser.add_argument("--version", action="version", version=f"landmark-trainer {__version__}")
    commands = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")
    for add in (_add_prepare, _add_train, _add_overfit, _add_evaluate, _add_export, _add_inspect, _add_predict):
        add(commands)
    return parser


Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"


def _command(
    commands: Commands, name: str, run: Callable[[argparse.Namespace], int], text: str, example: str
) -> argparse.ArgumentParser:
    parser = commands.add_parser(
        name,
        help=text,
        description=text[0].upper() + text[1:] + ".",
        epilog=f"example:\n  {example}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.set_defaults(command=run)
    return parser


def _add_data(parser: argparse.ArgumentParser, *, required: bool) -> None:
    parser.add_argument(
        "--data", type=Path, required=required, metavar="DIR", help="folder with train/, val/ and test/"
    )


def _add_threads(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--threads", type=int, default=0, metavar="N", help="0: one per processor (default)")


def _add_model(parser: argparse.ArgumentParser, *, bundle: bool) -> None:
    group = parser.add_mutually_exclusive_group(required=True)
    group.add_argument("--run", type=Path, metavar="DIR", help="the finished model of a run folder")
    group.add_argument("--checkpoint", type=Path, metavar="FILE", help="a finished model (model.pt)")
    if bundle:
        group.add_argument("--bundle", type=Path, metavar="DIR|ZIP", help="an exported bundle, in ONNX Runtime")


def _add_prepare(commands: Commands) -> None:
    parser = _command(
        commands,
        "prepare",
        _prepare,
        "check photos: counts, unreadable files, near-duplicates, mean and deviation; split and shrink them",
        "landmark-trainer prepare --data ORIGINALS --split 80,10,10 --out-photos PHOTOS --size 256",
    )
    _add_data(parser, required=False)
    parser.add_argument("--config", type=Path, metavar="FILE", help="TOML file whose table [data] names the photos")
    parser.add_argument("--landmarks", type=Path, metavar="CSV", help="say which landmarks have no place in this table")
    parser.add_argument("--background", metavar="NAME", help="folder of photos without a landmark (default _none)")
    source = parser.add_argument_group("Google Landmarks v2")
    source.add_argument("--format", choices=("folders", "glv2"), help="how the photos are kept (default folders)")
    source.add_argument("--csv", metavar="FILE", help="below --data: train.csv (default) or train_clean.csv")
    source.add_argument("--categories", metavar="FILE", help="below --data: train_label_to_category.csv (default)")
    source.add_argument("--images", metavar="DIR", help="below --data: the folder with a/b/c/abc….jpg (default train)")
    source.add_argument("--classes", metavar="A,B,…", help="landmark_id numbers, or ids or names of categories")
    source.add_argument("--largest", type=int, metavar="N", help="the N classes with most photos instead")
    source.add_argument("--max-photos", type=int, metavar="N", help="at most so many photos of a class")
    alike = parser.add_argument_group("near-duplicates")
    alike.add_argument("--distance", type=int, default=6, metavar="BITS", help="of the perceptual hash (default 6)")
    alike.add_argument("--embeddings", action="store_true", help="compare embeddings too; takes minutes")
    alike.add_argument("--similarity", type=float, default=0.92, metavar="S", help="of embeddings (default 0.92)")
    alike.add_argument("--out-pairs", type=Path, metavar="FILE", help="draw the pairs, those across splits first")
    split = parser.add_argument_group("splitting")
    split.add_argument("--splits", metavar="CSV", help="below --data: a file of --out-splits that says the split")
    split.add_argument("--split", metavar="80,10,10", help="draw a new split; near-duplicates stay together")
    split.add_argument("--seed", type=int, default=1, help="which split is drawn (default 1)")
    split.add_argument("--out-splits", type=Path, metavar="CSV", help="write photo, landmark, split and group")
    copies = parser.add_argument_group("smaller copies")
    copies.add_argument("--out-photos", type=Path, metavar="DIR", help="write copies as train/, val/ and test/")
    copies.add_argument("--size", type=int, default=256, metavar="PX", help="of their shorter side (default 256)")
    copies.add_argument("--photo-format", choices=("jpeg", "webp"), default="jpeg", help="default jpeg")
    copies.add_argument("--quality", type=int, default=95, metavar="Q", help="1 to 100 (default 95)")
    parser.add_argument("--out", type=Path, metavar="FILE", help="write the report as JSON")
    _add_threads(parser)


def _add_train(commands: Commands) -> None:
    parser = _command(
        commands,
        "train",
        _train,
        "train a model, calibrate it and choose the verdict thresholds",
        "landmark-trainer train --config trainer/configs/lite2.toml --data PHOTOS --landmarks LANDMARKS.csv --run RUN",
    )
    parser.add_argument("--run", type=Path, required=True, metavar="DIR", help="the run folder to make or continue")
    parser.add_argument(
        "--resume",
        action="store_true",
        help="continue the run, with its own configuration; with --set calibration.… or novelty.…, choose those anew",
    )
    _add_settings(parser)


def _add_overfit(commands: Commands) -> None:
    parser = _command(
        commands,
        "overfit",
        _overfit,
        "let a model learn one batch of photos by heart: a quick check of model and learning rate",
        "landmark-trainer overfit --config trainer/configs/cnn.toml --data PHOTOS --batch-size 16",
    )
    parser.add_argument("--steps", type=int, default=60, metavar="N", help="default 60")
    _add_settings(parser)


def _add_settings(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--config", type=Path, metavar="FILE", help="TOML file (docs/training.md explains the keys)")
    _add_data(parser, required=False)
    parser.add_argument("--landmarks", type=Path, metavar="CSV", help="names and places of the landmarks")
    for option, key in TRAIN_FLAGS.items():
        parser.add_argument(f"--{option}", type=float if option == "learning-rate" else int, help=f"sets {key}")
    parser.add_argument(
        "--set",
        action="append",
        default=[],
        metavar="KEY=VALUE",
        help="sets any key, such as augment.jpeg_probability=0",
    )


TRAIN_FLAGS = {
    "epochs": "optim.epochs",
    "batch-size": "optim.batch_size",
    "learning-rate": "optim.learning_rate",
    "views": "features.views",
    "seed": "run.seed",
    "threads": "run.threads",
    "max-batches": "run.max_batches",
}
"""Flags of ``train`` and the configuration keys they set."""


def _add_evaluate(commands: Commands) -> None:
    parser = _command(
        commands,
        "evaluate",
        _evaluate,
        "judge a model on a split of photos: table, JSON and a report in HTML",
        "landmark-trainer evaluate --bundle BUNDLE --data PHOTOS --out metrics.json --report report.html",
    )
    _add_model(parser, bundle=True)
    _add_data(parser, required=True)
    parser.add_argument(
        "--split", choices=("train", "val", "test"), default="test", help="photos that are judged (default test)"
    )
    parser.add_argument(
        "--precision", choices=("fp32", "fp16", "int8"), default="fp32", help="which of a bundle's models"
    )
    parser.add_argument("--background", default="_none", metavar="NAME", help="folder of photos without a landmark")
    parser.add_argument("--low-resolution", type=int, metavar="PX", help="reduce every photo's shorter side first")
    parser.add_argument(
        "--also-low-resolution", type=int, metavar="PX", help="judge the photos as they are, and reduced as well"
    )
    parser.add_argument(
        "--unknown",
        default="",
        metavar="DIR|IDS",
        help="photos of landmarks the model does not know: a folder, or ids in --data (petra,colosseum)",
    )
    parser.add_argument("--boxes", type=Path, metavar="CSV", help="hand-drawn boxes: does the model look there?")
    parser.add_argument("--batch-size", type=int, default=4, metavar="N", help="photos at a time (default 4)")
    parser.add_argument("--out", type=Path, metavar="FILE", help="write the metrics as JSON")
    parser.add_argument("--report", type=Path, metavar="FILE", help="write a self-contained HTML report")
    parser.add_argument("--no-thumbnails", action="store_true", help="no photos in the report, so it can be published")
    parser.add_argument("--plots", type=Path, metavar="DIR", help="write the plots as SVG files")
    parser.add_argument("--curves", type=Path, metavar="FILE", help="metrics.jsonl of the run a bundle was made from")
    _add_threads(parser)


def _add_export(commands: Commands) -> None:
    parser = _command(
        commands,
        "export",
        _export,
        "export a finished model as a bundle for Landmark Desktop",
        "landmark-trainer export --run RUN --out my_landmarks --id my_landmarks --metrics metrics.json --int8",
    )
    _add_model(parser, bundle=False)
    parser.add_argument("--out", type=Path, required=True, metavar="DIR", help="the bundle's folder")
    parser.add_argument("--id", required=True, help="the bundle's id: letters, digits, '.', '_' and '-'")
    parser.add_argument("--bundle-version", default="1.0", metavar="VERSION", help="default 1.0")
    parser.add_argument("--licence", default="", help="licence of the bundle, for example Apache-2.0")
    parser.add_argument("--landmarks", type=Path, metavar="CSV", help="default: the table named in the run")
    parser.add_argument("--metrics", type=Path, metavar="FILE", help="JSON of evaluate, to be stated in the bundle")
    parser.add_argument(
        "--left-out",
        type=Path,
        action="append",
        default=[],
        metavar="FILE",
        help="JSON of evaluate for a training of the same kind without some landmarks, to be stated too; may be given"
        " several times",
    )
    parser.add_argument("--provenance", type=Path, metavar="CSV", help="which collections the photos come from")
    _add_data(parser, required=False)
    parser.add_argument("--int8", action="store_true", help="add a faster model for processors, if it is good enough")
    parser.add_argument("--fp16", action="store_true", help="add a faster model for graphics cards (needs CUDA here)")
    parser.add_argument("--keep", action="store_true", help="add them even if they are not fast or good enough")
    _add_threads(parser)


def _add_inspect(commands: Commands) -> None:
    parser = _command(
        commands,
        "inspect",
        _inspect,
        "list a model's layers, and draw its receptive field and where it looks in photos",
        "landmark-trainer inspect --run RUN photo.jpg --out maps",
    )
    group = parser.add_mutually_exclusive_group(required=True)
    group.add_argument("--model", metavar="NAME", help="a model by name, with random weights (no maps)")
    group.add_argument("--run", type=Path, metavar="DIR", help="the finished model of a run folder")
    group.add_argument("--checkpoint", type=Path, metavar="FILE", help="a finished model (model.pt)")
    group.add_argument("--bundle", type=Path, metavar="DIR|ZIP", help="an exported bundle (maps only)")
    parser.add_argument("photos", type=Path, nargs="*", metavar="PHOTO", help="photos to draw maps of")
    parser.add_argument("--out", type=Path, metavar="DIR", help="folder for the drawings; needed with photos")
    parser.add_argument("--top-k", type=int, default=1, metavar="K", help="maps of the first K guesses (default 1)")
    parser.add_argument("--size", type=int, default=256, metavar="PX", help="input size for --model (default 256)")
    parser.add_argument(
        "--option",
        action="append",
        default=[],
        metavar="KEY=VALUE",
        help="option of --model, such as backbone=efficientnet_lite2",
    )


def _add_predict(commands: Commands) -> None:
    parser = _command(
        commands,
        "predict",
        _predict,
        "show the guesses for some photos",
        "landmark-trainer predict --bundle BUNDLE photo.jpg --top-k 5",
    )
    _add_model(parser, bundle=True)
    parser.add_argument("photos", type=Path, nargs="+", metavar="PHOTO", help="photos to look at")
    parser.add_argument("--top-k", type=int, default=5, metavar="K", help="guesses per photo (default 5)")
    _add_threads(parser)


def _prepare(arguments: argparse.Namespace) -> int:
    from trainer.commands.prepare import Alike, Outputs, data_of, prepare

    keys = ("background", "format", "csv", "categories", "images", "largest", "max_photos", "splits")
    overrides = [(key, getattr(arguments, key)) for key in keys if getattr(arguments, key) is not None]
    if arguments.classes is not None:
        overrides.append(("classes", [name.strip() for name in arguments.classes.split(",")]))
    return prepare(
        data_of(arguments.config, arguments.data, arguments.landmarks, dict(overrides)),
        Outputs(arguments.out, arguments.out_pairs, arguments.out_photos, arguments.out_splits),
        alike=Alike(arguments.distance, arguments.similarity if arguments.embeddings else None),
        split=arguments.split,
        seed=arguments.seed,
        size=arguments.size,
        photo_format=arguments.photo_format,
        quality=arguments.quality,
        threads=arguments.threads,
    )


def _train(arguments: argparse.Namespace) -> int:
    from trainer.commands.train import train

    return train(
        arguments.run,
        arguments.config,
        arguments.data,
        arguments.landmarks,
        _overrides(arguments),
        resume=arguments.resume,
    )


def _overfit(arguments: argparse.Namespace) -> int:
    from trainer.commands.train import overfit

    return overfit(arguments.config, arguments.data, arguments.landmarks, _overrides(arguments), arguments.steps)


def _overrides(arguments: argparse.Namespace) -> list[str]:
    flags = {key: getattr(arguments, option.replace("-", "_")) for option, key in TRAIN_FLAGS.items()}
    return [*arguments.set, *(f"{key}={value}" for key, value in flags.items() if value is not None)]


def _evaluate(arguments: argparse.Namespace) -> int:
    from trainer.commands.evaluate import Wanted, evaluate
    from trainer.commands.source import Source

    wanted = Wanted(
        data=arguments.data,
        split=arguments.split,
        precision=arguments.precision,
        background=arguments.background,
        low_resolution=arguments.low_resolution,
        also_low_resolution=arguments.also_low_resolution,
        unknown=arguments.unknown,
        boxes=arguments.boxes,
        curves=arguments.curves,
        batch_size=arguments.batch_size,
        threads=arguments.threads,
        out=arguments.out,
        report=arguments.report,
        plots=arguments.plots,
        with_thumbnails=not arguments.no_thumbnails,
    )
    return evaluate(Source(arguments.run, arguments.checkpoint, arguments.bundle), wanted)


def _export(arguments: argparse.Namespace) -> int:
    from trainer.commands.export import export
    from trainer.commands.source import Source

    return export(
        Source(arguments.run, arguments.checkpoint, None),
        arguments.out,
        bundle_id=arguments.id,
        version=arguments.bundle_version,
        licence=arguments.licence,
        landmarks=arguments.landmarks,
        metrics=arguments.metrics,
        left_out=arguments.left_out,
        provenance=arguments.provenance,
        data=arguments.data,
        precisions=[precision for precision in ("int8", "fp16") if getattr(arguments, precision)],
        keep=arguments.keep,
        threads=arguments.threads,
    )


def _inspect(arguments: argparse.Namespace) -> int:
    from trainer.commands.inspect import inspect
    from trainer.commands.source import Source
    from trainer.config import load_config

    source = Source(arguments.run, arguments.checkpoint, arguments.bundle)
    options = load_config(None, [f"model.options.{option}" for option in arguments.option]).model.options
    return inspect(
        source,
        arguments.model,
        arguments.size,
        arguments.photos,
        arguments.out,
        options=options,
        top_k=arguments.top_k,
    )


def _predict(arguments: argparse.Namespace) -> int:
    from trainer.commands.predict import predict
    from trainer.commands.source import Source

    source = Source(arguments.run, arguments.checkpoint, arguments.bundle)
    return predict(source, arguments.photos, arguments.top_k, arguments.threads)


if __name__ == "__main__":
    sys.exit(main())
