// The lesson that the reader opened last.
import { getSite, type LessonLink } from "../site.ts";
import { lastOpened } from "../store/record.ts";
import { storedEntries } from "./progress/stored-texts.ts";

/** Return the lesson of this course that was opened last, if any was. */
export function lastLesson(): LessonLink | undefined {
  const { site, lessons } = getSite();
  const prefix = `coursewright:${site.id}:lesson:`;
  const texts = storedEntries().flatMap(([key, text]): [string, string][] =>
    key.startsWith(prefix) ? [[key.slice(prefix.length), text]] : [],
  );
  const known = new Set(lessons.map(({ id }) => id));
  const last = lastOpened(texts.filter(([id]) => known.has(id)));
  return lessons.find(({ id }) => id === last);
}
