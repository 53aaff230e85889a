package dev.jiggety.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.jiggety.model.Batch;
import dev.jiggety.model.Evidence;
import dev.jiggety.model.Findings;
import dev.jiggety.model.Picture;
import dev.jiggety.model.Run;
import dev.jiggety.model.Sample;
import dev.jiggety.model.Verdict;
import dev.jiggety.testing.Samples;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
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
  void picturesAreAttachmentsThatTheRevisionCoversByName() {
    JsonObject document = BatchDocument.TYPE.write(Samples.fullBatch(AT));
    JsonObject attachments = document.getAsJsonObject("_attachments");
    String name = attachments.keySet().iterator().next();
    JsonObject picture = attachments.getAsJsonObject(name);
    assertThat(picture.get("content_type").getAsString()).isEqualTo("image/png");
    assertThat(picture.get("data").getAsString()).isEqualTo("iVBORw0KGgo=");

    JsonObject read = document.deepCopy();
    JsonObject stub = new JsonObject();
    stub.addProperty("content_type", "image/png");
    stub.addProperty("stub", true);
    read.getAsJsonObject("_attachments").add(name, stub);
    assertThat(BatchDocument.revision(read)).isEqualTo(BatchDocument.revision(document));
    Evidence evidence =
        BatchDocument.TYPE.read(read).runs().getFirst().samples().getFirst().findings().evidence();
    assertThat(evidence.picture()).isEqualTo(new Picture("image/png", "", name));
  }

  @Test
  void aBatchCarriesFewPicturesAndSaysWhichItLeftOut() {
    Sample sample = Samples.fullBatch(AT).runs().getFirst().samples().getFirst();
    List<Run> runs = new ArrayList<>();
    for (int i = 0; i < BatchPictures.MOST + 2; i++) {
      String data = "AAA" + (char) ('A' + i);
      Evidence evidence =
          new Evidence("", 0, List.of(), "", List.of(), List.of(), new Picture("image/png", data));
      Sample failed = sample.withFindings(new Findings(List.of(), List.of(), null, evidence));
      runs.add(new Run("t" + i, "n", AT, Duration.ZERO, List.of(failed), List.of(), Verdict.DOWN));
    }
    JsonObject document = BatchDocument.TYPE.write(new Batch("n", "s", 1, AT, runs, List.of()));
    assertThat(document.getAsJsonObject("_attachments").keySet()).hasSize(BatchPictures.MOST);
    Evidence last =
        BatchDocument.TYPE
            .read(document)
            .runs()
            .getLast()
            .samples()
            .getFirst()
            .findings()
            .evidence();
    assertThat(last.picture()).isNull();
    assertThat(last.leftOut()).containsExactly("the picture: a batch of results carries at most 4");
  }

  @Test
  void aSampleTravelsAlone() {
    Sample sample = Samples.fullBatch(AT).runs().getFirst().samples().getFirst();
    assertThat(SampleJson.read(SampleJson.write(sample))).isEqualTo(sample);
    assertThatExceptionOfType(DocumentException.class)
        .isThrownBy(() -> SampleJson.read(new JsonObject()));
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
