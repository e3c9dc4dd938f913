"""The data that crosses a boundary: build to page, page to worker, page to storage.

Plain frozen dataclasses without behaviour. The build hook turns them into JSON Schema and then
into `schema.ts`, so a field exists once. JSON keys are the field names. Tuples become arrays.
Times are milliseconds since 1970-01-01 UTC; durations are seconds unless the name says `_ms`.
"""

from lessonlab.schema.labs import (
    ExperimentSpec,
    LabResult,
    LabSpec,
    LevelView,
    OutcomeName,
    Outcomes,
    ParamKind,
    ParamSpec,
    RolloutRequest,
    RolloutView,
    Setting,
    TrainPoint,
    TrainRequest,
)
from lessonlab.schema.passages import (
    LessonIndex,
    Passage,
    QuestionPrint,
    SectionHead,
)
from lessonlab.schema.progress import (
    Attempt,
    Compacted,
    CourseProgress,
    LabRecord,
    LessonProgress,
    QuestionRecord,
    Stamped,
    Verdict,
)
from lessonlab.schema.questions import (
    CheckResult,
    ChoiceSpec,
    ErrorReport,
    GradeReport,
    GradeRequest,
    Kind,
    QuestionSpec,
    RunReport,
    RunRequest,
)

PROTOCOL_VERSION = 1

WIRE: tuple[type, ...] = (
    QuestionSpec,
    RunRequest,
    GradeRequest,
    RunReport,
    GradeReport,
    LabSpec,
    TrainRequest,
    TrainPoint,
    RolloutRequest,
    RolloutView,
    LabResult,
    LessonProgress,
    CourseProgress,
    LessonIndex,
)
"""Every type that is published as JSON Schema and TypeScript."""

__all__ = [
    "PROTOCOL_VERSION",
    "WIRE",
    "Attempt",
    "CheckResult",
    "ChoiceSpec",
    "Compacted",
    "CourseProgress",
    "ErrorReport",
    "ExperimentSpec",
    "GradeReport",
    "GradeRequest",
    "Kind",
    "LabRecord",
    "LabResult",
    "LabSpec",
    "LessonIndex",
    "LessonProgress",
    "LevelView",
    "OutcomeName",
    "Outcomes",
    "ParamKind",
    "ParamSpec",
    "Passage",
    "QuestionPrint",
    "QuestionRecord",
    "QuestionSpec",
    "RolloutRequest",
    "RolloutView",
    "RunReport",
    "RunRequest",
    "SectionHead",
    "Setting",
    "Stamped",
    "TrainPoint",
    "TrainRequest",
    "Verdict",
]
