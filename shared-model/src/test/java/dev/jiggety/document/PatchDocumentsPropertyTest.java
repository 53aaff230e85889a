package dev.jiggety.document;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.jiggety.model.AuditEntry;
import dev.jiggety.model.Cause;
import dev.jiggety.model.CommandAnswer;
import dev.jiggety.model.Configuration;
import dev.jiggety.model.Content;
import dev.jiggety.model.Generation;
import dev.jiggety.model.Head;
import dev.jiggety.model.Line;
import dev.jiggety.model.NodeStatus;
import dev.jiggety.model.OperatorCommand;
import dev.jiggety.model.SlotReport;
import dev.jiggety.model.SlotReport.Health;
import dev.jiggety.model.SlotReport.Shadow;
import dev.jiggety.model.TrustedKey;
import java.time.Duration;
import java.time.Instant;
import java.util.TreeMap;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What travels with patches comes back as it was, and keeps what a newer program has added. */
class PatchDocumentsPropertyTest {

  @Property(tries = 200)
  void keys(@ForAll("keys") TrustedKey key) {
    comesBack(KeyDocument.TYPE, key);
  }

  @Property(tries = 200)
  void commands(@ForAll("commands") OperatorCommand command) {
    comesBack(CommandDocument.TYPE, command);
  }

  @Property(tries = 200)
  void answers(
      @ForAll("ids") String id,
      @ForAll boolean done,
      @ForAll("texts") String text,
      @ForAll("times") Instant at) {
    comesBack(AnswerDocument.TYPE, new CommandAnswer(id, done, text, at));
  }

  @Property(tries = 200)
  void lines(@ForAll("places") Line line) {
    comesBack(LineDocument.TYPE, line);
  }

  @Property(tries = 200)
  void audits(@ForAll("audits") AuditEntry entry) {
    comesBack(AuditDocument.TYPE, entry);
  }

  @Property(tries = 100)
  void contentsBefore(@ForAll("ids") String id, @ForAll("configurations") Configuration before) {
    comesBack(BeforeDocument.TYPE, new Before(id, before));
  }

  @Property(tries = 100)
  void candidates(@ForAll("ids") String id, @ForAll("configurations") Configuration patches) {
    comesBack(
        CandidateDocument.TYPE,
        new Candidate(id, patches.documents().values().stream().map(Contents::document).toList()));
  }

  @Property(tries = 300)
  void nodesWithSlots(@ForAll("reports") SlotReport report, @ForAll("times") Instant at) {
    comesBack(
        NodeDocument.TYPE,
        new NodeStatus(
            report.node(), new TreeSet<>(), "1", at, at, 1, 2, 3, null, null, at, report));
  }

  @Property(tries = 300)
  void heads(@ForAll("heads") Head head) {
    comesBack(HeadDocument.TYPE, head);
  }

  private static <T> void comesBack(DocumentType<T> type, T value) {
    JsonObject document = type.write(value);
    JsonObject travelled = JsonParser.parseString(document.toString()).getAsJsonObject();
    assertThat(type.read(travelled)).isEqualTo(value);
    travelled.addProperty("_rev", "1-a");
    travelled.addProperty("colour", "green");
    assertThat(type.write(value, travelled)).isEqualTo(travelled);
  }

  @Provide
  Arbitrary<String> ids() {
    return Arbitraries.strings().withCharRange('a', 'z').withChars("0-.").ofMinLength(1);
  }

  @Provide
  Arbitrary<String> texts() {
    return Arbitraries.strings().excludeChars('\ud800').filter(PatchDocumentsPropertyTest::isWhole);
  }

  private static boolean isWhole(String text) {
    return text.chars().noneMatch(c -> Character.isSurrogate((char) c));
  }

  @Provide
  Arbitrary<Instant> times() {
    return Arbitraries.longs().between(0, 4_000_000_000_000L).map(Instant::ofEpochMilli);
  }

  private static Arbitrary<Duration> millis() {
    return Arbitraries.longs().between(0, 100_000_000).map(Duration::ofMillis);
  }

  private static Arbitrary<Long> numbers() {
    return Arbitraries.longs().between(0, 1L << 53);
  }

  @Provide
  Arbitrary<TrustedKey> keys() {
    return Combinators.combine(ids(), texts(), Arbitraries.of(TrustedKey.Role.class), texts())
        .as(TrustedKey::new)
        .filter(key -> !key.name().isEmpty());
  }

  @Provide
  Arbitrary<OperatorCommand> commands() {
    return Combinators.combine(
            ids(), ids(), Arbitraries.of(Cause.Act.class), texts(), texts(), times())
        .as(OperatorCommand::new);
  }

  @Provide
  Arbitrary<Line> places() {
    return Combinators.combine(
            numbers(), Arbitraries.maps(numbers().filter(it -> it > 0), ids()).ofMaxSize(5))
        .as((last, given) -> new Line(last, new TreeMap<>(given)));
  }

  @Provide
  Arbitrary<AuditEntry> audits() {
    return Combinators.combine(
            Arbitraries.longs().between(1, 999_999_999_999_999_999L),
            times(),
            texts(),
            ids(),
            ids(),
            texts(),
            texts(),
            ids())
        .as(AuditEntry::new);
  }

  @Provide
  Arbitrary<Configuration> configurations() {
    return Arbitraries.maps(ids(), texts())
        .ofMaxSize(4)
        .map(texts -> {
          TreeMap<String, Content> contents = new TreeMap<>();
          texts.forEach((id, text) -> {
            JsonObject document = new JsonObject();
            document.addProperty("_id", "test:" + id);
            document.addProperty("name", text);
            contents.put("test:" + id, Contents.of(document));
          });
          return new Configuration(contents);
        });
  }

  private Arbitrary<Generation> generations() {
    return Combinators.combine(ids().injectDuplicates(0.1), numbers(), ids()).as(Generation::new);
  }

  @Provide
  Arbitrary<SlotReport> reports() {
    Arbitrary<Integer> counts = Arbitraries.integers().greaterOrEqual(0);
    Arbitrary<Shadow> shadows =
        Combinators.combine(ids(), counts, counts, counts, counts).as(Shadow::new);
    Arbitrary<Health> health =
        Combinators.combine(
                Arbitraries.of(true, false),
                counts,
                millis().injectNull(0.3),
                millis().injectNull(0.3))
            .as(Health::new);
    return Combinators.combine(
            Combinators.combine(ids(), numbers()).as(NamedNumber::new),
            generations(),
            generations().injectNull(0.3),
            Arbitraries.of(SlotReport.Stage.class),
            texts().injectNull(0.5),
            counts,
            shadows.list().ofMaxSize(3),
            health)
        .as((of, running, standby, stage, error, planned, shadow, fares) ->
            new SlotReport(
                of.name(), of.number(), running, standby, stage, error, planned, shadow, fares));
  }

  private record NamedNumber(String name, long number) {}

  @Provide
  Arbitrary<Head> heads() {
    Arbitrary<Head.Reach> reach =
        Combinators.combine(
                Arbitraries.integers().greaterOrEqual(0),
                Arbitraries.of(true, false),
                ids().set().ofMaxSize(3))
            .as((wave, everybody, nodes) -> new Head.Reach(wave, everybody, new TreeSet<>(nodes)));
    return Combinators.combine(
            numbers(),
            generations(),
            generations().injectNull(0.3),
            Arbitraries.of(Head.Phase.class),
            reach.injectNull(0.3),
            millis().filter(Duration::isPositive).injectNull(0.3),
            times(),
            millis())
        .as((number, active, other, phase, who, confirmWithin, expires, reportWithin) ->
            new Head(
                number,
                number,
                1,
                active,
                other,
                other,
                phase,
                who,
                confirmWithin,
                expires,
                reportWithin));
  }
}
