package dev.jiggety.agent.bench;

import com.google.gson.JsonObject;
import dev.jiggety.couch.Hub;
import dev.jiggety.couch.HubDatabase;
import dev.jiggety.couch.Outcome;
import dev.jiggety.document.Contents;
import dev.jiggety.document.DatabaseNames;
import dev.jiggety.document.HeadDocument;
import dev.jiggety.document.KeyDocument;
import dev.jiggety.document.TestDocument;
import dev.jiggety.model.Configuration;
import dev.jiggety.model.Content;
import dev.jiggety.model.Generation;
import dev.jiggety.model.Head;
import dev.jiggety.model.TestDefinition;
import dev.jiggety.model.TrustedKey;
import dev.jiggety.model.rules.Digests;
import dev.jiggety.signing.Signatures;
import dev.jiggety.signing.SigningKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Tests in force without a manager, for benchmarks that measure something else: what stands on the
 * hub is what a manager leaves behind, confirmed documents with its key and a steady head that is
 * signed with it; a new node keeps to the key because it is the first one that it sees.
 */
public final class Installed {
  private static final Duration LIFETIME = Duration.ofDays(1);

  private Installed() {}

  /** Puts the tests in force on a provisioned hub where nothing is. */
  public static void put(Hub hub, DatabaseNames names, Collection<TestDefinition> tests) {
    HubDatabase config = hub.database(names.config());
    SortedMap<String, Content> contents = new TreeMap<>();
    List<JsonObject> documents = new ArrayList<>();
    SigningKey manager = SigningKey.generate("bench", TrustedKey.Role.MANAGER);
    documents.add(KeyDocument.TYPE.write(manager.trusted()));
    tests.forEach(test -> documents.add(TestDocument.TYPE.write(test)));
    documents.forEach(
        document -> contents.put(document.get("_id").getAsString(), Contents.of(document)));
    require(config.bulkDocs(documents, true), "put the tests on the hub");
    Head head = head(Digests.of(new Configuration(contents)), Instant.now());
    require(
        config.put(Signatures.sign(HeadDocument.TYPE.write(head), manager)),
        "put the head on the hub");
  }

  private static Head head(String digest, Instant now) {
    return new Head(
        1,
        1,
        1,
        new Generation("bench", 1, digest),
        null,
        null,
        Head.Phase.STEADY,
        null,
        null,
        now.plus(LIFETIME),
        Duration.ZERO);
  }

  private static void require(Outcome<?> outcome, String what) {
    if (!outcome.isOk()) {
      throw new IllegalStateException("cannot " + what + ": " + outcome.inWords());
    }
  }
}
