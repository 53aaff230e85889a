package dev.jiggety.agent.result;

import com.google.gson.JsonObject;
import dev.jiggety.document.BatchDocument;
import dev.jiggety.document.CanonicalJson;
import dev.jiggety.model.Run;
import dev.jiggety.model.SkippedSlots;
import java.time.Instant;

/**
 * What a batch is made of: a run, or slots that were skipped.
 *
 * @param testId the test
 * @param isRun whether it is a run
 * @param at when the run began, or the first slot was planned; decides the database
 * @param first its first planned time
 * @param last its last planned time; all of the test's slots up to it are accounted for by this
 *     entry and those before
 * @param slots how many slots it accounts for
 * @param json as it will stand in the document
 */
record Entry(
    String testId, boolean isRun, Instant at, Instant first, Instant last, int slots, String json) {

  static Entry of(Run run) {
    return new Entry(
        run.testId(),
        true,
        run.startedAt(),
        run.plannedAt(),
        run.plannedAt(),
        1,
        text(BatchDocument.write(run)));
  }

  static Entry of(SkippedSlots slots) {
    return new Entry(
        slots.testId(),
        false,
        slots.first(),
        slots.first(),
        slots.last(),
        slots.count(),
        text(BatchDocument.write(slots)));
  }

  private static String text(JsonObject json) {
    return CanonicalJson.write(json);
  }
}
