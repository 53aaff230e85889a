package dev.jiggety.agent.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.jiggety.agent.replication.HttpPeer;
import dev.jiggety.agent.replication.ReplicationOptions;
import dev.jiggety.agent.replication.Replicator;
import dev.jiggety.agent.replication.StorePeer;
import dev.jiggety.agent.replication.StoreQuarantine;
import dev.jiggety.agent.store.DocumentStore;
import dev.jiggety.agent.store.StoreOptions;
import dev.jiggety.couch.Hub;
import dev.jiggety.couch.HubAddress;
import dev.jiggety.couch.HubOptions;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a hub has confirmed is there, whatever happens to its process or its disk. {@code
 * -Djiggety.crash.rounds=N} kills it more often.
 */
class HubDurabilityTest {
  private static final int ROUNDS = Integer.getInteger("jiggety.crash.rounds", 5);
  private static final long SEED = Long.getLong("jiggety.crash.seed", 1);

  @TempDir private Path folder;

  @Test
  void killedAtAnyMomentItHasAllThatItConfirmed() throws Exception {
    Random random = new Random(SEED);
    try (HubUnderLoad load = new HubUnderLoad()) {
      for (int round = 0; round < ROUNDS; round++) {
        int before = load.confirmed().size();
        try (JiggetyProcess hub = hub(folder)) {
          String url = urlOf(hub);
          if (round == 0) {
            prepare(load, url);
          } else {
            assertAllThere(load, url);
          }
          load.start(url);
          int more = 50 + random.nextInt(1_500);
          await()
              .atMost(Duration.ofSeconds(60))
              .pollDelay(Duration.ZERO)
              .pollInterval(Duration.ofMillis(2))
              .until(() -> load.confirmed().size() >= before + more);
          hub.kill();
        }
        load.stop();
        tearLastFrame(random);
      }
      try (JiggetyProcess hub = hub(folder)) {
        assertAllThere(load, urlOf(hub));
      }
    }
  }

  @Test
  void withTheEndOfItsLogCutOffItIsWholeAsOfAnEarlierMoment() throws Exception {
    Random random = new Random(SEED);
    try (HubUnderLoad load = new HubUnderLoad()) {
      try (JiggetyProcess hub = hub(folder)) {
        String url = urlOf(hub);
        prepare(load, url);
        load.start(url);
        await().atMost(Duration.ofSeconds(60)).until(() -> load.confirmed().size() > 500);
        hub.kill();
      }
      load.stop();
      Path log = folder.resolve("load.sqlite-wal");
      try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "rw")) {
        file.setLength(file.length() - 1 - random.nextInt((int) file.length() / 2));
      }
      try (JiggetyProcess hub = hub(folder)) {
        assertConsistent(load, urlOf(hub));
        assertThat(hub.output()).doesNotContain("damaged");
      }
    }
  }

  @Test
  void onAFullDiskItRefusesWith507AndGoesOnWhenThereIsRoom() throws Exception {
    try (SmallDisk disk = SmallDisk.mount(folder.resolve("disk"), 12 << 20);
        HubUnderLoad load = new HubUnderLoad();
        JiggetyProcess hub = hub(disk.folder().resolve("hub"))) {
      String url = urlOf(hub);
      prepare(load, url);
      load.start(url);
      await().atMost(Duration.ofSeconds(60)).until(() -> load.confirmed().size() > 100);
      disk.fill();
      String big = "{\"text\":\"" + "y".repeat(100_000) + "\"}";
      await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> load.must(url, "POST", "", big).status() == 507);
      load.stop();
      // What is there can be read; an index that would have to grow cannot be brought up to date.
      assertThere(load, url, load.confirmed());
      assertThat(load.get(url, "/_design/d/_view/v").status()).isIn(200, 507);

      disk.free();
      assertThat(load.must(url, "POST", "", big).status()).isEqualTo(201);
      assertAllThere(load, url);
    }
  }

  @Test
  void onADiskThatCannotBeWrittenToItSaysSoAndEnds() throws Exception {
    try (SmallDisk disk = SmallDisk.mount(folder.resolve("disk"), 1 << 20)) {
      disk.makeReadOnly();
      try (JiggetyProcess hub = hub(disk.folder().resolve("hub"))) {
        assertThat(hub.waitFor()).as(hub.output()).isEqualTo(1);
        assertThat(hub.lines())
            .singleElement()
            .asString()
            .contains("hub")
            .containsIgnoringCase("read-only")
            .doesNotContain("Exception");
      }
    }
  }

  @Test
  void aDamagedDatabaseIsSetAsideAndTheOthersAreServed() throws Exception {
    try (HubUnderLoad load = new HubUnderLoad()) {
      try (JiggetyProcess hub = hub(folder)) {
        prepare(load, urlOf(hub));
        assertThat(hub.terminate()).isIn(0, 143);
      }
      byte[] noise = new byte[8_192];
      new Random(SEED).nextBytes(noise);
      Files.write(folder.resolve("load.sqlite"), noise, StandardOpenOption.WRITE);
      try (JiggetyProcess hub = hub(folder)) {
        String url = urlOf(hub);
        assertThat(load.get(url, "").json().get("doc_count").getAsLong()).isZero();
        assertThat(hub.awaitLine("is damaged")).contains("load.sqlite.corrupt-");
      }
    }
  }

  @Test
  void aBackupOfARunningHubIsWholeAndReplicates() throws Exception {
    Path copies = folder.resolve("copies");
    try (HubUnderLoad load = new HubUnderLoad();
        JiggetyProcess hub = hub(folder.resolve("hub"))) {
      String url = urlOf(hub);
      prepare(load, url);
      load.start(url);
      await().atMost(Duration.ofSeconds(60)).until(() -> load.confirmed().size() > 200);
      Map<String, String> before = load.confirmed();
      String data = folder.resolve("hub").toString();
      try (JiggetyProcess backup =
          JiggetyProcess.start("backup", "--data", data, "--to", copies.toString())) {
        assertThat(backup.waitFor()).as(backup.output()).isZero();
      }
      try (JiggetyProcess again =
          JiggetyProcess.start("backup", "--data", data, "--to", copies.toString())) {
        assertThat(again.waitFor()).as(again.output()).isEqualTo(1);
        assertThat(again.lines()).singleElement().asString().contains("is not empty");
      }
      load.stop();
      try (JiggetyProcess restored = hub(copies)) {
        assertThere(load, urlOf(restored), before);
        assertConsistent(load, urlOf(restored));
        assertThat(restored.terminate()).isIn(0, 143);
      }
      String uuid;
      try (DocumentStore copy = open(copies)) {
        uuid = copy.uuid();
        replicate(url, copy);
        assertThat(copy.info().docCount())
            .isEqualTo(load.get(url, "").json().get("doc_count").getAsLong());
      }
      assertThat(hub.terminate()).isIn(0, 143);
      try (DocumentStore original = open(folder.resolve("hub"))) {
        assertThat(uuid).isNotEqualTo(original.uuid());
      }
    }
  }

  private static DocumentStore open(Path data) {
    return DocumentStore.open(data.resolve("load.sqlite"), StoreOptions.defaults());
  }

  private static void replicate(String url, DocumentStore target) throws InterruptedException {
    try (Hub hub = Hub.open(HubAddress.parse(url, Optional.empty()), HubOptions.DEFAULT)) {
      new Replicator(
              new HttpPeer(hub.database(HubUnderLoad.DATABASE)),
              new StorePeer(target),
              ReplicationOptions.defaults(),
              id -> new StoreQuarantine(target, id),
              refused -> {
                throw new AssertionError(refused);
              },
              InstantSource.system(),
              new Random(SEED))
          .run();
    }
  }

  private static void prepare(HubUnderLoad load, String url) {
    assertThat(load.must(url, "PUT", "", "").status()).isEqualTo(201);
    String design =
        "{\"views\":{\"v\":{\"map\":\"function (d) { emit(null, 1); }\",\"reduce\":\"_count\"}}}";
    assertThat(load.must(url, "PUT", "/_design/d", design).status()).isEqualTo(201);
  }

  /** What a power failure may leave: a frame of the log that was not written to its end. */
  private void tearLastFrame(Random random) throws IOException {
    byte[] torn = new byte[1 + random.nextInt(4_000)];
    random.nextBytes(torn);
    Path log = folder.resolve("load.sqlite-wal");
    if (Files.exists(log)) {
      Files.write(log, torn, StandardOpenOption.APPEND);
    }
  }

  private static void assertAllThere(HubUnderLoad load, String url) {
    assertThere(load, url, load.confirmed());
    load.attached()
        .forEach((id, text) ->
            assertThat(load.get(url, "/" + id + "/file.txt").body()).as(id).isEqualTo(text));
    assertConsistent(load, url);
  }

  /** Each has its revision, or one that grew out of it and was not confirmed any more. */
  private static void assertThere(HubUnderLoad load, String url, Map<String, String> confirmed) {
    JsonArray docs = new JsonArray();
    confirmed.forEach((id, rev) -> {
      JsonObject doc = new JsonObject();
      doc.addProperty("id", id);
      doc.addProperty("rev", rev);
      docs.add(doc);
    });
    JsonObject asked = new JsonObject();
    asked.add("docs", docs);
    String body = load.must(url, "POST", "/_bulk_get?latest=true", asked.toString()).body();
    assertThat(body).doesNotContain("\"error\"");
    Set<String> ids = new HashSet<>();
    for (JsonElement row : HubUnderLoad.parse(body).getAsJsonArray("results")) {
      ids.add(row.getAsJsonObject().get("id").getAsString());
    }
    assertThat(ids).isEqualTo(confirmed.keySet());
  }

  /** Documents, changes, counts and views tell of the same documents. */
  private static void assertConsistent(HubUnderLoad load, String url) {
    JsonObject info = load.get(url, "").json();
    long count = info.get("doc_count").getAsLong();
    JsonArray all = load.get(url, "/_all_docs?include_docs=true").json().getAsJsonArray("rows");
    assertThat(all).hasSize((int) count);
    Set<String> ids = new HashSet<>();
    for (JsonElement row : all) {
      assertThat(row.getAsJsonObject().get("doc").isJsonObject()).as(row.toString()).isTrue();
      ids.add(row.getAsJsonObject().get("id").getAsString());
    }
    Set<String> changed = new HashSet<>();
    for (JsonElement row : load.get(url, "/_changes").json().getAsJsonArray("results")) {
      assertThat(changed.add(row.getAsJsonObject().get("id").getAsString())).isTrue();
    }
    assertThat(changed).isEqualTo(ids);
    JsonArray rows = load.get(url, "/_design/d/_view/v").json().getAsJsonArray("rows");
    // All but the design document.
    assertThat(rows.get(0).getAsJsonObject().get("value").getAsLong()).isEqualTo(count - 1);
  }

  private static JiggetyProcess hub(Path data) {
    return JiggetyProcess.start("hub", "--data", data.toString(), "--port", "0", "--admin-party");
  }

  private static String urlOf(JiggetyProcess hub) {
    String line = hub.awaitLine("hub is listening on ");
    return line.substring(line.lastIndexOf(' ') + 1).replaceAll("/$", "");
  }
}
