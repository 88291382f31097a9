"""What is wrong with a YAML tree, in plain words, with the line of each place."""

from collections.abc import Iterator, Sequence
from typing import Any, TypeVar, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from screening.errors import InputError
from screening.ruleset.nearest import nearest
from screening.ruleset.yaml_source import Place, Source, Tree

Model = TypeVar("Model", bound=BaseModel)

_WANTED = {
    "string_type": "one value",
    "tuple_type": "a list",
    "list_type": "a list",
    "dict_type": "a mapping",
    "model_type": "a mapping",
}


def problems(
    error: ValidationError, source: Source, model: type[BaseModel], at: Place = ()
) -> Iterator[tuple[str, str]]:
    """`FILE:LINE` and a sentence for each thing that keeps a tree from being a `model`."""
    for item in error.errors():
        place: Place = tuple(item["loc"])
        what = ".".join(map(str, place))
        problem = _said(item, model)
        yield source.where((*at, *place)), f"{what}: {problem}" if what else problem


def _said(item: ErrorDetails, model: type[BaseModel]) -> str:
    match item["type"]:
        case "extra_forbidden":
            return f"no such key{nearest(str(item['loc'][-1]), _keys(model))}"
        case "missing":
            return "is missing"
        case kind if kind in _WANTED:
            return f"must be {_WANTED[kind]}, not {str(item['input'])[:40] or 'blank'}"
        case "value_error":
            return f"{_shown(item)}{item['msg'].removeprefix('Value error, ')}"
        case _:
            return f"{_shown(item)}{_lowered(item['msg'])}"


def _shown(item: ErrorDetails) -> str:
    return f"{item['input'][:40]}: " if isinstance(item["input"], str) else ""


def _lowered(text: str) -> str:
    return text[:1].lower() + text[1:]


def _keys(model: type[BaseModel]) -> set[str]:
    """Every key of the model and of the models within it."""
    fields = model.model_fields
    keys = {field.alias or name for name, field in fields.items()}
    return keys.union(*(_keys(part) for field in fields.values() for part in _models(field.annotation)))


def _models(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for part in get_args(annotation):
        yield from _models(part)


def validated(model: type[Model], source: Source, tree: Tree | None = None, at: Place = ()) -> Model:
    """The tree (else the whole source) as a `model`; raises InputError with the first thing wrong."""
    try:
        return model.model_validate(source.tree if tree is None else tree)
    except ValidationError as error:
        raise InputError(*next(problems(error, source, model, at))) from None


def validated_list(model: type[Model], source: Source) -> Sequence[Model]:
    """The source's list (or its only item) as models; raises InputError with the first thing wrong."""
    tree = source.tree
    if not isinstance(tree, list):
        return [validated(model, source)] if tree else []
    return [validated(model, source, item, (i,)) for i, item in enumerate(tree)]
