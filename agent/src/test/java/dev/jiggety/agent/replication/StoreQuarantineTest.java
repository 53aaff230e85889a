package dev.jiggety.agent.replication;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonPrimitive;
import dev.jiggety.agent.store.DocumentStore;
import dev.jiggety.agent.store.Revision;
import dev.jiggety.agent.store.StoreOptions;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreQuarantineTest {
  private static final Revision REV = Revision.parse("1-0123456789abcdef0123456789abcdef");

  @TempDir private Path folder;

  private DocumentStore open() {
    return DocumentStore.open(folder.resolve("store.sqlite"), StoreOptions.defaults());
  }

  private static QuarantinedDocument entry(int number) {
    return new QuarantinedDocument(
        "doc-" + number,
        REV,
        new JsonPrimitive("17-opaque"),
        Instant.parse("2026-03-01T00:00:00Z").plusSeconds(number),
        "forbidden",
        "only the node itself may write this",
        1);
  }

  @Test
  void isStillThereAfterARestart() {
    try (var store = open()) {
      var quarantine = new StoreQuarantine(store, "r1");
      for (var i = 0; i < 450; i++) {
        quarantine.add(entry(i));
      }
      quarantine.remove("doc-7", REV);
    }
    try (var store = open()) {
      var quarantine = new StoreQuarantine(store, "r1");
      assertThat(quarantine.count()).isEqualTo(449);
      assertThat(quarantine.list().getFirst()).isEqualTo(entry(0));
      assertThat(quarantine.find("doc-7", REV)).isEmpty();
      assertThat(quarantine.find("doc-8", REV)).contains(entry(8));
    }
  }

  @Test
  void replicationsOfOneStoreDoNotSeeEachOthers() {
    try (var store = open()) {
      new StoreQuarantine(store, "r1").add(entry(1));
      assertThat(new StoreQuarantine(store, "r2").count()).isZero();
    }
  }

  @Test
  void isNotReplicated() {
    try (var store = open()) {
      new StoreQuarantine(store, "r1").add(entry(1));
      assertThat(store.info().docCount()).isZero();
      assertThat(store.info().updateSeq()).isZero();
    }
  }
}
