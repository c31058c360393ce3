// speedwell doctor

import { openSession } from "../../session.ts";
import { renderDoctor } from "../doctor-text.ts";
import type { CommonOptions } from "../main.ts";
import { withSurface } from "../surface.ts";

export async function doctor(options: CommonOptions): Promise<void> {
  await withSurface(options, async (surface) => {
    const session = openSession({ cwd: process.cwd(), ...surface, ...options });
    const answer = await session.doctor();
    surface.print({ json: answer, text: () => renderDoctor(answer) });
  });
}
