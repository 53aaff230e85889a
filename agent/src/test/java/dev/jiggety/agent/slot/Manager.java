package dev.jiggety.agent.slot;

import com.google.gson.JsonObject;
import dev.jiggety.document.Candidate;
import dev.jiggety.document.CandidateDocument;
import dev.jiggety.document.Contents;
import dev.jiggety.document.HeadDocument;
import dev.jiggety.document.Ids;
import dev.jiggety.document.KeyDocument;
import dev.jiggety.document.PatchDocument;
import dev.jiggety.model.Change;
import dev.jiggety.model.Check;
import dev.jiggety.model.Configuration;
import dev.jiggety.model.Content;
import dev.jiggety.model.Generation;
import dev.jiggety.model.Head;
import dev.jiggety.model.HeadChange;
import dev.jiggety.model.Patch;
import dev.jiggety.model.StrategyChoice;
import dev.jiggety.model.TestDefinition;
import dev.jiggety.model.TrustedKey.Role;
import dev.jiggety.model.rules.Digests;
import dev.jiggety.model.rules.Heads;
import dev.jiggety.signing.Signatures;
import dev.jiggety.signing.SigningKey;
import dev.jiggety.signing.Trust;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;

/** A manager and an operator as a node sees them: signed heads and candidates, by the rules. */
public final class Manager {
  public static final Duration CONFIRM = Duration.ofSeconds(20);
  public static final Duration LIFETIME = Duration.ofHours(24);

  public final SigningKey manager = SigningKey.generate("m1", Role.MANAGER);
  public final SigningKey operator = SigningKey.generate("ada", Role.OPERATOR);
  public Instant now;
  public Configuration confirmed;
  public Head head;
  private int rides;
  private long seq;

  public Manager(Instant now, TestDefinition... tests) {
    this.now = now;
    TreeMap<String, Content> documents = new TreeMap<>();
    for (SigningKey key : List.of(manager, operator)) {
      documents.put(
          Ids.key(key.trusted().id()), Contents.of(KeyDocument.TYPE.write(key.trusted())));
    }
    for (TestDefinition test : tests) {
      documents.put(Ids.test(test.id()), Contents.of(test));
    }
    confirmed = new Configuration(documents);
    Head first = Heads.first(Digests.of(Configuration.EMPTY), 1, now, terms());
    head =
        new Head(
            1,
            0,
            1,
            new Generation("", 1, Digests.of(confirmed)),
            null,
            null,
            first.phase(),
            null,
            null,
            first.expires(),
            Duration.ZERO);
  }

  public Heads.Terms terms() {
    return new Heads.Terms(LIFETIME, Duration.ZERO);
  }

  public Trust trust() {
    return Trust.of(List.of(manager.trusted()));
  }

  /** A ride with these changes. */
  public Ride ride(Change... changes) {
    rides++;
    return new Ride("r" + rides, List.of(changes));
  }

  /** What a candidate is made of. */
  public record Ride(String id, List<Change> changes) {}

  public Configuration after(Ride ride) {
    return ((Digests.Done) Digests.apply(confirmed, ride.changes())).configuration();
  }

  public JsonObject patch(Ride ride) {
    Patch patch =
        new Patch(
            "p-" + ride.id(),
            "ada",
            now,
            "",
            StrategyChoice.SWIFT,
            now.plus(Duration.ofHours(1)),
            ride.changes());
    return Signatures.sign(PatchDocument.TYPE.write(patch), operator);
  }

  public JsonObject candidate(Ride ride) {
    return CandidateDocument.TYPE.write(new Candidate(ride.id(), List.of(patch(ride))));
  }

  public JsonObject signedHead() {
    return Signatures.sign(HeadDocument.TYPE.write(head), manager);
  }

  public JsonObject stage(Ride ride, String... canaries) {
    seq++;
    return write(
        new HeadChange.Stage(
            ride.id(),
            List.of(seq),
            List.of(),
            false,
            head.digest(),
            Digests.of(after(ride)),
            new TreeSet<>(List.of(canaries))));
  }

  /** The same ride once more, as after what it was checked against had changed. */
  public JsonObject stageAgain(Ride ride, String... canaries) {
    seq--;
    return stage(ride, canaries);
  }

  public JsonObject promote(Ride ride) {
    return promote(ride, CONFIRM);
  }

  public JsonObject promote(Ride ride, Duration confirmWithin) {
    return write(
        new HeadChange.Promote(ride.id(), new Head.Reach(1, true, new TreeSet<>()), confirmWithin));
  }

  public JsonObject promote(Ride ride, int wave, String... nodes) {
    return write(
        new HeadChange.Promote(
            ride.id(), new Head.Reach(wave, false, new TreeSet<>(List.of(nodes))), CONFIRM));
  }

  public JsonObject complete(Ride ride) {
    JsonObject signed = write(new HeadChange.Complete(ride.id()));
    confirmed = after(ride);
    return signed;
  }

  public JsonObject turnBack(Ride ride) {
    return write(new HeadChange.TurnBack(ride.id()));
  }

  public JsonObject renew() {
    return write(new HeadChange.Renew());
  }

  public JsonObject write(HeadChange change) {
    head = ((Heads.Write) Heads.next(head, false, change, head.epoch(), now, terms())).head();
    return signedHead();
  }

  /** A test, and one that differs. */
  public static TestDefinition test(String id, String path) {
    return TestDefinition.builder(id, Check.Http.get("http://127.0.0.1:1/" + path)).build();
  }

  /** The edit of a confirmed test, or a new one. */
  public Change put(TestDefinition test) {
    Content before = confirmed.documents().get(Ids.test(test.id()));
    return Contents.put(test, before == null ? null : Contents.document(before));
  }

  public Change delete(String testId) {
    return Contents.delete(
        Contents.document(
            java.util.Objects.requireNonNull(confirmed.documents().get(Ids.test(testId)))));
  }
}
