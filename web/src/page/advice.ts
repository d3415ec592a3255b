/**
 * What a job seeker may say differently: only that what was done be said in the advert's words. Nothing
 * here tells anybody to claim what is not so; what nobody did stays a gap.
 */

import type { Evidence, Explanation, Skill, Status } from "../records";
import { grouped, name, quote, surfaces } from "../report/explainView";

export interface Advice {
  readonly status: Exclude<Status, "met">; // of the requirement; "not shown" for a skill
  readonly condition: string; // begins with "If"
  readonly words: string; // the advert's own
  readonly kind: string; // of the requirement: "Must have", ...; "Skill"
}

/** What the job must have first; a skill that a line of the list holds already is not said twice. */
export function advice(explanation: Explanation): Advice[] {
  const open = grouped(explanation.evidence).flatMap(([title, items]) =>
    items.filter(([, item]) => item.status !== "met").map(([, item]) => [title, item] as const),
  );
  const lines = open.map(([title, item]) => ofRequirement(title, item, explanation));
  const said = open.map(([, item]) => item.requirement.line);
  const skills = explanation.missing.filter(
    ({ mentions }) => !mentions.some(({ start }) => said.some((line) => line.start <= start && start < line.end)),
  );
  return [...lines, ...skills.map((skill) => ofSkill(skill, explanation))];
}

function ofRequirement(kind: string, { requirement, status }: Evidence, explanation: Explanation): Advice {
  const words = quote(explanation.job, requirement.line, 300);
  const half = status === "partly";
  const condition = requirement.licences.length
    ? `If you hold this (${requirement.licences.join(" or ")}), say so in the advert's words:`
    : requirement.education
      ? "If you have this degree, say so in the advert's words:"
      : half
        ? "If you have done all of this, say so in the advert's words:"
        : "If you have done this, say so in the advert's words:";
  return { status: half ? "partly" : "not shown", condition, words, kind };
}

function ofSkill(skill: Skill, explanation: Explanation): Advice {
  const words = surfaces(explanation.job, skill).join(", ");
  return { status: "not shown", condition: `If you have worked with ${name(skill)}, say so in the advert's words:`, words, kind: "Skill" };
}
