package dev.jiggety.agent.replication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import dev.jiggety.agent.replication.ReplicationOptions.Batches;
import dev.jiggety.couch.ChangesFilter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReplicatorTest {
  private final Replication replication = new Replication();
  private final MemoryPeer source = replication.sourceDatabase;
  private final MemoryPeer target = replication.targetDatabase;

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void bringsOverEveryLeafDeletionsConflictsAndAttachmentsIncluded(boolean ahead) throws Exception {
    source.store(Docs.many("doc", 25));
    var root = Docs.first("edited", "1");
    var history = List.of(root.rev());
    source.store(
        List.of(
            root,
            Docs.child("edited", history, "left", false),
            Docs.child("edited", history, "right", false),
            Docs.child("edited", history, "gone", true)));
    var attached =
        JsonParser.parseString(
            """
            {"_id":"attached","_attachments":
              {"a.txt":{"content_type":"text/plain","data":"aGVsbG8=","revpos":1}}}
            """);
    source.store(List.of(Docs.withHistory(attached.getAsJsonObject(), List.of())));
    replication.options = replication.options.withBatches(new Batches(10, 4, 1 << 20, ahead));

    var report = replication.replicator().run();

    assertThat(target.leaves()).isEqualTo(source.leaves());
    assertThat(report.written()).isEqualTo(29);
    assertThat(report.seq()).isEqualTo(new JsonPrimitive(source.seq()));
  }

  @Test
  void changesNothingWhenRunAgainEvenWithoutCheckpoints() throws Exception {
    source.store(Docs.many("doc", 25));
    replication.replicator().run();
    var seq = target.seq();

    assertThat(replication.replicator().run().read()).isZero();
    source.restoreLocals(Map.of());
    assertThat(replication.replicator().run().read()).isZero();
    assertThat(target.seq()).isEqualTo(seq);
  }

  @Test
  void bringsOnlyTheDocumentsAskedFor() throws Exception {
    source.store(Docs.many("doc", 25));
    replication.options = replication.options.withDocIds(List.of("doc-0003", "doc-0017"));
    replication.replicator().run();
    assertThat(target.ids()).containsExactlyInAnyOrder("doc-0003", "doc-0017");
  }

  @Test
  void putsAForbiddenDocumentAsideAndBringsAllOthers() throws Exception {
    source.store(Docs.many("doc", 25));
    replication.target.forbid(document -> document.id().equals("doc-0007"));

    var report = replication.replicator().run();

    assertThat(report.quarantined()).isEqualTo(1);
    assertThat(target.ids()).hasSize(24).doesNotContain("doc-0007");
    assertThat(replication.alarms).hasSize(1);
    var entry = replication.quarantine.list().getFirst();
    assertThat(entry.id()).isEqualTo("doc-0007");
    assertThat(entry.error()).isEqualTo("forbidden");
    assertThat(entry.at()).isEqualTo(replication.clock.instant());
  }

  @Test
  void bringsAQuarantinedDocumentWhenItIsAllowedAtLast() throws Exception {
    source.store(Docs.many("doc", 5));
    replication.target.forbid(document -> document.id().equals("doc-0002"));
    var replicator = replication.replicator();
    replicator.run();

    assertThat(replicator.retryQuarantined()).isZero();
    assertThat(replication.quarantine.list().getFirst().attempts()).isEqualTo(2);
    assertThat(replication.alarms).as("one alarm, however often it is tried").hasSize(1);

    replication.target.forbid(document -> false);
    assertThat(replicator.retryQuarantined()).isEqualTo(1);
    assertThat(replication.quarantine.count()).isZero();
    assertThat(target.leaves()).isEqualTo(source.leaves());
  }

  @Test
  void aNewerRevisionSetsAQuarantinedOneFree() throws Exception {
    var root = Docs.first("doc", "bad");
    source.store(List.of(root));
    replication.target.forbid(document -> document.rev().generation() == 1);
    var replicator = replication.replicator();
    replicator.run();
    source.store(List.of(Docs.child("doc", List.of(root.rev()), "good", false)));
    replicator.run();

    assertThat(replicator.retryQuarantined()).isEqualTo(1);
    assertThat(target.leaves()).isEqualTo(source.leaves());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 11, 24})
  void findsTheOneDocumentThatSpoilsABatch(int bad) throws Exception {
    var documents = Docs.many("doc", 25);
    source.store(documents);
    replication.options = replication.options.withBatches(new Batches(100, 100, 1 << 20, false));
    replication.target.poison(document -> document.id().equals(documents.get(bad).id()));

    replication.replicator().run();

    assertThat(target.ids()).hasSize(24).doesNotContain(documents.get(bad).id());
    assertThat(replication.quarantine.list())
        .extracting(QuarantinedDocument::id)
        .containsExactly(documents.get(bad).id());
  }

  @Test
  void sendsSmallerBatchesToATargetThatTakesNoLargeOnes() throws Exception {
    source.store(Docs.many("doc", 60));
    replication.options = replication.options.withBatches(new Batches(100, 50, 1 << 20, false));
    replication.target.largestBatch(3);
    replication.replicator().run();
    assertThat(target.leaves()).isEqualTo(source.leaves());
    assertThat(replication.quarantine.count()).isZero();
  }

  @Test
  void aDocumentThatIsTooLargeByItselfGoesToQuarantine() throws Exception {
    source.store(Docs.many("doc", 3));
    replication.target.largestBatch(0);
    replication.replicator().run();
    assertThat(replication.quarantine.list())
        .extracting(QuarantinedDocument::error)
        .containsExactly("too_large", "too_large", "too_large");
  }

  @Test
  void neverRecordsPastADocumentThatTheSourceDoesNotGive() throws Exception {
    source.store(Docs.many("doc", 25));
    replication.source.unreadable(document -> document.id().equals("doc-0006"));
    var replicator = replication.replicator();

    assertThatThrownBy(replicator::run).isInstanceOf(PeerException.class);
    assertThat(recorded()).isLessThan(7);
    assertThat(target.ids()).doesNotContain("doc-0006").contains("doc-0005", "doc-0007");

    replication.source.unreadable(document -> false);
    replicator.run();
    assertThat(target.leaves()).isEqualTo(source.leaves());
    assertThat(replication.quarantine.count()).isZero();
  }

  @Test
  void putsADocumentAsideThatTheSourceNeverGives() throws Exception {
    source.store(Docs.many("doc", 25));
    replication.source.unreadable(document -> document.id().equals("doc-0006"));
    var replicator = replication.replicator();

    assertThat(replication.runUntilDone(replicator, 20)).isEqualTo(replication.options.attempts());
    assertThat(target.ids()).hasSize(24);
    assertThat(replication.quarantine.list().getFirst().error()).isEqualTo("not_found");
  }

  @Test
  void putsADocumentAsideThatKillsTheTarget() throws Exception {
    source.store(Docs.many("doc", 25));
    replication.options = replication.options.withBatches(new Batches(100, 100, 1 << 20, false));
    replication.target.deadly(document -> document.id().equals("doc-0012"));

    replication.runUntilDone(replication.replicator(), 60);

    assertThat(target.ids()).hasSize(24).doesNotContain("doc-0012");
    assertThat(replication.quarantine.list().getFirst().error()).isEqualTo("no_answer");
  }

  @Test
  void aTargetThatAlwaysFailsIsNotTheFaultOfTheDocuments() {
    source.store(Docs.many("doc", 25));
    replication.target.deadly(document -> true);
    var replicator = replication.replicator();
    for (var run = 0; run < 200; run++) {
      assertThatThrownBy(replicator::run).isInstanceOf(PeerException.class);
    }
    assertThat(replication.quarantine.count()).as("one suspect, then no more").isEqualTo(1);
  }

  @Test
  void beginsAnewWhenTheTargetIsMadeAnewUnderOurHands() throws Exception {
    source.store(Docs.many("doc", 25));
    var stores = new int[1];
    replication.target.faults(operation ->
        operation.equals("store") && ++stores[0] == 4
            ? Optional.of(new Fault.Meanwhile(target::recreate))
            : Optional.empty());
    var replicator = replication.replicator();

    assertThatThrownBy(replicator::run)
        .isInstanceOfSatisfying(
            PeerException.class, e -> assertThat(e.kind()).isEqualTo(PeerException.Kind.RECREATED));
    replicator.run();
    assertThat(target.leaves()).isEqualTo(source.leaves());
  }

  @Test
  void beginsAnewWhenTheSourceIsMadeAnew() throws Exception {
    source.store(Docs.many("old", 25));
    replication.replicator().run();
    source.recreate();
    source.store(Docs.many("new", 5));
    replication.replicator().run();
    assertThat(target.ids()).hasSize(30);
  }

  @Test
  void goesOnFromTheBatchBeforeTheOneThatFailed() throws Exception {
    source.store(Docs.many("doc", 25));
    var stores = new int[1];
    replication.options =
        replication.options.withTimes(
            new ReplicationOptions.Times(
                Duration.ZERO,
                replication.options.times().patience(),
                replication.options.times().verify(),
                replication.options.times().quarantine()));
    replication.target.faults(operation ->
        operation.equals("store") && ++stores[0] == 5
            ? Optional.of(new Fault.CutBefore())
            : Optional.empty());
    var replicator = replication.replicator();
    assertThatThrownBy(replicator::run).isInstanceOf(PeerException.class);
    var before = recorded();

    assertThat(before).isGreaterThanOrEqualTo(8);
    // Each document is one change here.
    assertThat(replicator.run().read()).isEqualTo(25 - before);
    assertThat(target.storedRevisions()).isEqualTo(25);
  }

  @Test
  void storesWhatWasReadBeforeTheSourceFailed() {
    source.store(Docs.many("doc", 25));
    replication.options = replication.options.withBatches(new Batches(10, 4, 1 << 20, true));
    var pages = new AtomicInteger();
    replication.source.faults(operation ->
        operation.equals("changes") && pages.incrementAndGet() == 3
            ? Optional.of(new Fault.CutBefore())
            : Optional.empty());
    var replicator = replication.replicator();

    // The third page is asked for while documents of the first ones are on their way.
    assertThatThrownBy(replicator::run).isInstanceOf(PeerException.class);
    assertThat(target.storedRevisions()).isEqualTo(20);
  }

  private long recorded() {
    return source
        .local(replication.replicator().id())
        .map(log -> log.get("source_last_seq").getAsLong())
        .orElse(0L);
  }

  /** At every single call that a replication makes, each kind of fault. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void survivesAFaultAtEveryStep(boolean ahead) throws Exception {
    var faults =
        List.<Fault>of(
            new Fault.CutBefore(),
            new Fault.CutAfter(),
            new Fault.HalfBatch(),
            new Fault.TooLarge(),
            new Fault.Overloaded(Duration.ofSeconds(1)));
    for (var fault : faults) {
      var step = 0;
      boolean reached;
      do {
        reached = replicateWithFaultAt(step, fault, ahead);
        step++;
      } while (reached);
      assertThat(step).as("steps that a replication has").isGreaterThan(20);
    }
  }

  private static boolean replicateWithFaultAt(int step, Fault fault, boolean ahead)
      throws InterruptedException {
    var run = new Replication();
    run.options = run.options.withBatches(new Batches(10, 4, 1 << 20, ahead));
    run.sourceDatabase.store(Docs.many("doc", 25));
    var root = Docs.first("edited", "1");
    run.sourceDatabase.store(
        List.of(
            root,
            Docs.child("edited", List.of(root.rev()), "left", false),
            Docs.child("edited", List.of(root.rev()), "gone", true)));
    var count = new AtomicInteger();
    Function<String, Optional<Fault>> script =
        operation -> count.getAndIncrement() == step ? Optional.of(fault) : Optional.empty();
    run.source.faults(script);
    run.target.faults(script);

    run.runUntilDone(run.replicator(), 3);

    assertThat(run.targetDatabase.leaves()).isEqualTo(run.sourceDatabase.leaves());
    assertThat(run.targetDatabase.storedRevisions()).as("each once").isEqualTo(27);
    assertThat(run.quarantine.count()).isZero();
    var reached = count.get() > step;
    run.source.faults(operation -> Optional.empty());
    run.target.faults(operation -> Optional.empty());
    var before = run.targetDatabase.seq();
    run.replicator().run();
    assertThat(run.targetDatabase.seq()).isEqualTo(before);
    return reached;
  }

  @Test
  void fetchesARevisionThatWasReplacedMeanwhileOnce() throws Exception {
    var root = Docs.first("doc", "1");
    var left = Docs.child("doc", List.of(root.rev()), "left", false);
    source.store(List.of(root, left));
    var newer = Docs.child("doc", List.of(left.rev(), root.rev()), "newer", false);
    replication.source.faults(operation ->
        operation.equals("fetch")
            ? Optional.of(new Fault.Meanwhile(() -> source.store(List.of(newer))))
            : Optional.empty());

    replication.replicator().run();

    assertThat(target.leaves("doc")).containsExactly(newer.rev());
    assertThat(target.storedRevisions()).isEqualTo(1);
  }

  @Test
  void countsOnlySequencesThatTheSourceHasGiven() throws Exception {
    // A cluster may leave out the sequence of a row: then the one before must do.
    source.store(Docs.many("doc", 10));
    var sparse = new SparsePeer(source);
    var recorded = new ArrayList<String>();
    var replicator =
        new Replicator(
            sparse,
            target,
            replication.options,
            id -> replication.quarantine,
            entry -> {},
            replication.clock,
            new Random(1));
    var session = replicator.open();
    session.pass(Duration.ZERO, () -> recorded.add(session.seq().getAsString()));

    assertThat(recorded).containsExactly("0", "5", "10", "10");
    assertThat(target.ids()).isEqualTo(source.ids());
  }

  @Test
  void keepsBatchesSmallWhereDocumentsAreLarge() throws Exception {
    var big = "x".repeat(1000);
    source.store(IntStream.range(0, 8).mapToObj(i -> Docs.first("big-" + i, big + i)).toList());
    replication.options = replication.options.withBatches(new Batches(100, 100, 2_500, false));
    var sizes = new ArrayList<Integer>();
    replication.target.watchStores(sizes::add);

    replication.replicator().run();

    assertThat(sizes).hasSizeGreaterThan(2).allMatch(size -> size <= 3);
    assertThat(target.ids()).hasSize(8);
  }

  @Test
  void beginsAnewWhenTheFilterFunctionIsChanged() throws Exception {
    var replication = new Replication();
    var function = new ChangesFilter.Function("design/function", new JsonObject());
    replication.options = replication.options.withFilter(function);
    replication.sourceDatabase.store(Docs.many("doc", 5));
    replication.sourceDatabase.setFilterCode("one");
    var replicator = replication.replicator();
    replicator.run();
    var session = replicator.open();
    assertThat(session.seq()).as("goes on").isEqualTo(new JsonPrimitive(5));
    replication.sourceDatabase.setFilterCode("another");
    assertThatThrownBy(session::verify)
        .isInstanceOfSatisfying(
            PeerException.class, e -> assertThat(e.kind()).isEqualTo(PeerException.Kind.RECREATED));
    assertThat(replicator.open().seq()).isEqualTo(Checkpoint.START);
  }

  @Test
  void beginsWhereItIsToldAndRemembersNothingWhenToldSo() throws Exception {
    var replication = new Replication();
    replication.sourceDatabase.store(Docs.many("doc", 5));
    replication.options =
        replication.options.withBegin(
            new ReplicationOptions.Begin(new JsonPrimitive(3), false, ""));
    assertThat(replication.replicator().run().written()).isEqualTo(2);
    assertThat(replication.sourceDatabase.copyOfLocals()).isEmpty();
    assertThat(replication.targetDatabase.copyOfLocals()).isEmpty();
  }

  /** Another server behind the same address, or a backup, may not know a sequence. */
  @Test
  void beginsAtTheStartWhenTheSourceDoesNotKnowTheRecordedSequence() throws Exception {
    var replication = new Replication();
    replication.sourceDatabase.store(Docs.many("doc", 5));
    replication.replicator().run();
    replication.sourceDatabase.store(Docs.many("more", 3));
    replication.source.unknownSince(since -> !since.equals(Checkpoint.START));
    var report = replication.replicator().run();
    assertThat(report.written()).isEqualTo(3);
  }
}
