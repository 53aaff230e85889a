package dev.jiggety.document;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jiggety.model.AuditEntry;
import dev.jiggety.model.rules.AuditChain;
import dev.jiggety.model.rules.AuditChain.Flaw;
import dev.jiggety.model.rules.AuditChain.Kind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class AuditChainTest {
  private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");

  @Test
  void whatWasWrittenInOrderIsRight() {
    assertThat(check(log(12))).isEmpty();
    assertThat(check(List.of())).isEmpty();
    AuditChain chain = AuditChain.whole();
    log(3).forEach(entry -> chain.next(AuditDocument.TYPE.link(entry)));
    assertThat(chain.last()).isEqualTo(3);
    assertThat(chain.digest()).isEqualTo(AuditDocument.TYPE.link(log(3).getLast()).digest());
  }

  @Test
  void aPartIsCheckedByItself() {
    AuditChain chain = AuditChain.from(5);
    log(9).subList(4, 9).forEach(entry -> chain.next(AuditDocument.TYPE.link(entry)));
    assertThat(chain.end()).isEmpty();
    assertThat(chain.last()).isEqualTo(9);
  }

  @Property(tries = 200)
  void theEntryThatWasChangedIsNamed(
      @ForAll @IntRange(min = 1, max = 7) int number, @ForAll @IntRange(max = 6) int field) {
    List<AuditEntry> log = log(9);
    log.set(number - 1, changed(log.get(number - 1), field));
    assertThat(check(log))
        .hasValueSatisfying(flaw -> {
          assertThat(flaw.number()).isEqualTo(number);
          assertThat(flaw.kind()).isEqualTo(Kind.CHANGED);
        });
  }

  @Property(tries = 50)
  void theEntryThatWasTakenOutIsNamed(@ForAll @IntRange(min = 1, max = 8) int number) {
    List<AuditEntry> log = log(9);
    log.remove(number - 1);
    assertFlaw(log, number, Kind.GAP);
  }

  @Property(tries = 50)
  void theEntryThatIsThereTwiceIsNamed(
      @ForAll @IntRange(min = 1, max = 9) int number, @ForAll @IntRange(max = 9) int later) {
    List<AuditEntry> log = log(9);
    log.add(Math.max(number, later), log.get(number - 1));
    assertFlaw(log, number, Kind.DOUBLED);
  }

  @Property(tries = 50)
  void theEntryThatIsOutOfOrderIsNamed(@ForAll @IntRange(min = 1, max = 8) int number) {
    List<AuditEntry> log = log(9);
    Collections.swap(log, number - 1, number);
    assertFlaw(log, number, Kind.OUT_OF_ORDER);
  }

  @Test
  void severalThatAreMissingAreNamedInOneLine() {
    List<AuditEntry> log = log(9);
    log.subList(2, 5).clear();
    assertThat(check(log).orElseThrow().text()).isEqualTo("entries 3 to 5 are missing");
  }

  private static void assertFlaw(List<AuditEntry> log, long number, Kind kind) {
    assertThat(check(log))
        .hasValueSatisfying(flaw -> {
          assertThat(flaw.number()).isEqualTo(number);
          assertThat(flaw.kind()).isEqualTo(kind);
        });
  }

  private static Optional<Flaw> check(List<AuditEntry> log) {
    AuditChain chain = AuditChain.whole();
    log.forEach(entry -> chain.next(AuditDocument.TYPE.link(entry)));
    return chain.end();
  }

  private static AuditEntry changed(AuditEntry it, int field) {
    return new AuditEntry(
        it.number(),
        field == 0 ? it.at().plusMillis(1) : it.at(),
        field == 1 ? "operator:eve" : it.by(),
        field == 2 ? "rollout:other" : it.about(),
        field == 3 ? "keys" : it.event(),
        field == 4 ? it.text() + "!" : it.text(),
        field == 5 ? "{\"n\":1}" : it.evidence(),
        field == 6 ? "f".repeat(64) : it.previous());
  }

  private static List<AuditEntry> log(int entries) {
    List<AuditEntry> log = new ArrayList<>();
    String previous = AuditChain.BEGINNING;
    for (int number = 1; number <= entries; number++) {
      AuditEntry entry =
          new AuditEntry(
              number,
              NOW.plusSeconds(number),
              "operator:ada",
              "rollout:p" + number,
              "transition",
              "it went on",
              "{}",
              previous);
      log.add(entry);
      previous = AuditDocument.TYPE.link(entry).digest();
    }
    return log;
  }
}
