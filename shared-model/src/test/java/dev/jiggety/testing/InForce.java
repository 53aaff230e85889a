package dev.jiggety.testing;

import com.google.gson.JsonObject;
import dev.jiggety.couch.DocumentRow;
import dev.jiggety.couch.Hub;
import dev.jiggety.couch.HubDatabase;
import dev.jiggety.couch.IdRange;
import dev.jiggety.couch.Outcome;
import dev.jiggety.document.Candidate;
import dev.jiggety.document.CandidateDocument;
import dev.jiggety.document.Contents;
import dev.jiggety.document.DatabaseNames;
import dev.jiggety.document.HeadDocument;
import dev.jiggety.document.Ids;
import dev.jiggety.document.KeyDocument;
import dev.jiggety.document.PatchDocument;
import dev.jiggety.model.Change;
import dev.jiggety.model.Configuration;
import dev.jiggety.model.Content;
import dev.jiggety.model.Generation;
import dev.jiggety.model.Head;
import dev.jiggety.model.Patch;
import dev.jiggety.model.StrategyChoice;
import dev.jiggety.model.TestDefinition;
import dev.jiggety.model.TrustedKey;
import dev.jiggety.model.TrustedKey.Role;
import dev.jiggety.model.rules.Digests;
import dev.jiggety.signing.Signatures;
import dev.jiggety.signing.SigningKey;
import dev.jiggety.signing.Trust;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Puts tests in force on a hub without any manager, in one step and without a trial: for the tests
 * of rooms that do not care how a test came to be in force. What stands there is what a manager
 * leaves behind when a rollout is complete: the documents, the candidate with the signed patch, and
 * a steady, signed head; nodes that run already follow. One for each hub; the hub is opened as
 * somebody who may write its configuration.
 */
public final class InForce {
  /** Whose heads nodes believe. */
  public final SigningKey manager = SigningKey.generate("m1", Role.MANAGER);

  /** Whose patches they believe. */
  public final SigningKey operator = SigningKey.generate("ada", Role.OPERATOR);

  private static final Duration LIFETIME = Duration.ofDays(1);

  private final HubDatabase config;
  private final InstantSource clock;

  public InForce(Hub hub, DatabaseNames names) {
    this(hub, names, InstantSource.system());
  }

  public InForce(Hub hub, DatabaseNames names, InstantSource clock) {
    this.config = hub.database(names.config());
    this.clock = clock;
  }

  /** The public halves of both keys. */
  public List<TrustedKey> trusted() {
    return List.of(manager.trusted(), operator.trusted());
  }

  /** Who believes both. */
  public Trust trust() {
    return Trust.of(trusted());
  }

  /** Puts tests in force, new ones and others in the place of what they said. */
  public Head put(TestDefinition... tests) {
    return put(List.of(tests));
  }

  /** Puts tests in force, new ones and others in the place of what they said. */
  public Head put(Collection<TestDefinition> tests) {
    Configuration before = configuration();
    List<Change> changes = new ArrayList<>();
    for (TestDefinition test : tests) {
      Content now = before.documents().get(Ids.test(test.id()));
      changes.add(Contents.put(test, now == null ? null : Contents.document(now)));
    }
    return change(changes);
  }

  /** Takes tests out of force. */
  public Head remove(String... testIds) {
    Configuration before = configuration();
    List<Change> changes = new ArrayList<>();
    for (String testId : testIds) {
      Content now = before.documents().get(Ids.test(testId));
      changes.add(Contents.delete(Contents.document(require(now, Ids.test(testId)))));
    }
    return change(changes);
  }

  /** Puts these changes in force, and the two keys before the first of them. */
  public Head change(List<Change> changes) {
    Configuration before = configuration();
    List<Change> all = new ArrayList<>(changes);
    for (TrustedKey key : trusted()) {
      if (!before.documents().containsKey(Ids.key(key.id()))) {
        JsonObject document = KeyDocument.TYPE.write(key);
        all.add(new Change.Put(Ids.key(key.id()), Contents.of(document), null));
      }
    }
    if (!(Digests.apply(before, all) instanceof Digests.Done(Configuration after))) {
      throw new AssertionError("these changes do not fit what is in force: " + all);
    }
    JsonObject found = find(Ids.head());
    long release = found == null ? 1 : HeadDocument.TYPE.read(found).release() + 1;
    String ride = "in-force-" + release;
    Instant now = clock.instant();
    Patch patch =
        new Patch(
            ride,
            operator.trusted().name(),
            now,
            "put in force by a test",
            StrategyChoice.SWIFT,
            now.plus(LIFETIME),
            all);
    JsonObject signed = Signatures.sign(PatchDocument.TYPE.write(patch), operator);
    write(CandidateDocument.TYPE.write(new Candidate(ride, List.of(signed))));
    for (Change change : all) {
      switch (change) {
        case Change.Put put -> write(Contents.document(put.content()));
        case Change.Delete delete -> delete(delete.target());
      }
    }
    return head(
        new Head(
            found == null ? 1 : HeadDocument.TYPE.read(found).version() + 1,
            release,
            1,
            new Generation(ride, release, Digests.of(after)),
            null,
            null,
            Head.Phase.STEADY,
            null,
            null,
            now.plus(LIFETIME),
            Duration.ZERO));
  }

  /** Signs any head and writes it in the place of the one that stands there. */
  public Head head(Head head) {
    write(Signatures.sign(HeadDocument.TYPE.write(head), manager));
    return head;
  }

  /** All that stands on the hub now but head and candidate. */
  public Configuration configuration() {
    SortedMap<String, Content> documents = new TreeMap<>();
    List<DocumentRow> rows = value(config.allDocs(IdRange.startingWith("")), "read");
    for (DocumentRow row : rows) {
      if (Ids.isOfConfiguration(row.id())) {
        documents.put(row.id(), Contents.of(require(row.document(), row.id())));
      }
    }
    return new Configuration(documents);
  }

  private void write(JsonObject document) {
    String id = document.get("_id").getAsString();
    JsonObject found = find(id);
    JsonObject next = document.deepCopy();
    if (found != null) {
      next.add("_rev", found.get("_rev"));
    }
    value(config.put(next), "write " + id);
  }

  private void delete(String id) {
    value(config.delete(id, require(find(id), id).get("_rev").getAsString()), "delete " + id);
  }

  private JsonObject find(String id) {
    return config.get(id) instanceof Outcome.Missing<JsonObject>
        ? null
        : value(config.get(id), "read " + id);
  }

  private static <T> T require(T found, String id) {
    if (found == null) {
      throw new AssertionError("there is no " + id);
    }
    return found;
  }

  private static <T> T value(Outcome<T> outcome, String what) {
    return outcome
        .ok()
        .orElseThrow(() -> new AssertionError("cannot " + what + ": " + outcome.inWords()));
  }
}
