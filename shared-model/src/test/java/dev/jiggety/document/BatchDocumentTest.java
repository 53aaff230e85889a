package dev.jiggety.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.jiggety.model.Batch;
import dev.jiggety.testing.Samples;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class BatchDocumentTest {
  private static final Instant AT = Instant.parse("2026-11-21T10:00:00.123Z");

  @Test
  void nothingIsLostOnTheWay() {
    Batch full = Samples.fullBatch(AT);
    assertThat(BatchDocument.TYPE.read(BatchDocument.TYPE.write(full))).isEqualTo(full);
    Batch quick = Samples.batch("node-2", 1, AT);
    assertThat(BatchDocument.TYPE.read(BatchDocument.TYPE.write(quick))).isEqualTo(quick);
  }

  @Test
  void theIdBeginsWithTheTimeAndSortsLikeIt() {
    assertThat(BatchDocument.TYPE.id(Samples.fullBatch(AT)))
        .isEqualTo("batch:20261121T100000123:node-1:s7:000000042");
    assertThat(Ids.batchesFrom(AT)).isLessThan(BatchDocument.TYPE.id(Samples.fullBatch(AT)));
    assertThat(BatchDocument.TYPE.id(Samples.fullBatch(AT)))
        .isLessThan(Ids.batchesFrom(AT.plusMillis(1)));
  }

  @Test
  void theRevisionIsThatOfTheContent() {
    JsonObject document = BatchDocument.TYPE.write(Samples.fullBatch(AT));
    String revision = BatchDocument.revision(document);
    assertThat(revision).matches("1-[0-9a-f]{32}");
    JsonObject sent = document.deepCopy();
    sent.addProperty("_rev", revision);
    sent.add("_revisions", new JsonObject());
    assertThat(BatchDocument.revision(sent)).isEqualTo(revision);
    sent.addProperty("seq", 43);
    assertThat(BatchDocument.revision(sent)).isNotEqualTo(revision);
  }

  @Test
  void whatIsNoBatchIsSaidAndNotThrownAround() {
    JsonObject document = BatchDocument.TYPE.write(Samples.batch("n", 1, AT));
    JsonObject sample =
        document
            .getAsJsonArray("runs")
            .get(0)
            .getAsJsonObject()
            .getAsJsonArray("samples")
            .get(0)
            .getAsJsonObject();
    JsonArray wrong = new JsonArray();
    for (int i = 0; i < 7; i++) {
      wrong.add(new JsonPrimitive("soon"));
    }
    sample.add("phases", wrong);
    sample.addProperty("total", "long");
    assertThatExceptionOfType(DocumentException.class)
        .isThrownBy(() -> BatchDocument.TYPE.read(document))
        .withMessageContaining("runs[0].samples[0].phases")
        .withMessageContaining("runs[0].samples[0].total");
  }
}
