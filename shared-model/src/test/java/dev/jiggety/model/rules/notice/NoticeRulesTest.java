package dev.jiggety.model.rules.notice;

import static dev.jiggety.model.rules.notice.Scene.START;
import static dev.jiggety.model.rules.notice.Scene.policy;
import static dev.jiggety.model.rules.notice.Scene.step;
import static dev.jiggety.model.rules.notice.Scene.with;
import static org.assertj.core.api.Assertions.assertThat;

import dev.jiggety.model.Incident.Kind;
import dev.jiggety.model.Incident.Suppression;
import dev.jiggety.model.IncidentAct.Act;
import dev.jiggety.model.Notice;
import dev.jiggety.model.Policy.Hours;
import dev.jiggety.model.Policy.Limit;
import dev.jiggety.model.Policy.Quiet;
import dev.jiggety.model.Policy.Selection;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class NoticeRulesTest {
  private static final ZoneId UTC = ZoneId.of("UTC");
  private static final Duration TEN = Duration.ofSeconds(10);
  private final Scene scene = new Scene();

  @Test
  void whoIsToldHearsOfTheBeginningAndOfTheEnd() {
    scene.follow(policy(step("0s", "mail")));
    String shop = scene.open("shop", Kind.DOWN);
    scene.pass("5m");
    scene.resolve(shop);
    scene.pass("1d");
    assertThat(scene.story()).containsExactly("10s mail opened shop", "310s mail resolved shop");
    assertThat(scene.notices.keySet())
        .containsExactly(
            "notice:20261122T100000000:ops:mail:opened:1",
            "notice:20261122T100500000:ops:mail:resolved:1");
    assertThat(scene.lookAgain).isEmpty();
  }

  @Test
  void whatWasSaidToBeOverAndLastsIsToldAgainAndSoIsItsEnd() {
    scene.follow(with(policy(step("0s", "mail")), Duration.ofHours(1), TEN, Limit.DEFAULT));
    String shop = scene.open("shop", Kind.DOWN);
    scene.pass("5m");
    scene.resolve(shop);
    scene.pass("1m");
    scene.reopen(shop);
    scene.pass("10m");
    scene.resolve(shop);
    scene.pass("1d");
    assertThat(scene.story())
        .containsExactly(
            "10s mail opened shop",
            "310s mail resolved shop",
            "370s mail opened shop 1",
            "970s mail resolved shop 1");
  }

  @Test
  void aCertificateIsToldAtEachOfItsDays() {
    scene.follow(policy(step("0s", "mail")));
    String shop = scene.open("shop", Kind.CERTIFICATE);
    scene.pass("14d");
    scene.worsen(shop, Kind.CERTIFICATE);
    scene.pass("6d");
    scene.worsen(shop, Kind.CERTIFICATE);
    scene.pass("3d");
    assertThat(scene.story())
        .containsExactly(
            "10s mail opened shop", "1209610s mail worse shop", "1728010s mail worse shop");
  }

  @Test
  void nobodyIsToldWithoutAPolicy() {
    scene.open("shop", Kind.DOWN);
    scene.pass("1h");
    assertThat(scene.story()).isEmpty();
  }

  @Test
  void aPolicyIsAboutWhatItSelects() {
    scene.tags.put("shop", Set.of("eu"));
    scene.follow(with(policy(step("0s", "a")), "tagged", selection(Set.of(), "eu", null, null)));
    scene.follow(with(policy(step("0s", "b")), "named", selection(Set.of(), null, "basket", null)));
    scene.follow(with(policy(step("0s", "c")), "nodes", selection(Set.of(), null, null, "fra")));
    scene.follow(
        with(policy(step("0s", "d")), "kinds", selection(Set.of(Kind.NODE), null, null, null)));
    scene.open("shop", Kind.DOWN);
    scene.open("basket", Kind.DEGRADED);
    scene.open("fra", Kind.NODE);
    scene.open("ber", Kind.NODE);
    scene.pass("1m");
    assertThat(scene.story())
        .containsExactlyInAnyOrder(
            "10s a opened shop", "10s b opened basket", "10s c opened fra", "10s d opened ber fra");
  }

  @Test
  void manyIncidentsBecomeOneMessage() {
    scene.follow(policy(step("0s", "mail")));
    for (int i = 0; i < 9; i++) {
      scene.open("t" + i, Kind.DOWN);
      scene.pass("1s");
    }
    scene.pass("1m");
    assertThat(scene.story()).containsExactly("10s mail opened t0 t1 t2 t3 t4 t5 t6 t7 t8");
  }

  @Test
  void whatIsOverBeforeTheMessageGoesIsToldWithIt() {
    scene.follow(policy(step("0s", "mail")));
    String shop = scene.open("shop", Kind.DOWN);
    scene.pass("3s");
    scene.resolve(shop);
    scene.pass("1h");
    assertThat(scene.story()).containsExactly("10s mail opened shop resolved shop");
  }

  @Test
  void whoNobodyAnswersToEscalates() {
    scene.follow(policy(step("0s", "mail"), step("10m", "mail", "pager")));
    String shop = scene.open("shop", Kind.DOWN);
    scene.pass("1h");
    assertThat(scene.story())
        .containsExactly(
            "10s mail opened shop", "610s mail escalation shop", "610s pager escalation shop");
    scene.resolve(shop);
    scene.pass("1m");
    assertThat(scene.story())
        .hasSize(5)
        .endsWith("3610s mail resolved shop", "3610s pager resolved shop");
  }

  @Test
  void whatIsOverInTimeDoesNotEscalate() {
    scene.follow(policy(step("0s", "mail"), step("10m", "pager")));
    String shop = scene.open("shop", Kind.DOWN);
    scene.pass("9m");
    scene.resolve(shop);
    scene.pass("1h");
    assertThat(scene.story()).containsExactly("10s mail opened shop", "550s mail resolved shop");
  }

  @Test
  void anAcknowledgementStopsEscalationAndReminders() {
    scene.follow(
        with(
            policy(step("0s", "mail"), step("10m", "pager")),
            Duration.ofMinutes(3),
            Duration.ZERO,
            Limit.DEFAULT));
    String shop = scene.open("shop", Kind.DOWN);
    scene.pass("7m");
    scene.say(shop, Act.ACKNOWLEDGE, "ada");
    scene.pass("13m");
    assertThat(scene.story())
        .containsExactly(
            "0s mail opened shop",
            "180s mail reminder shop 1",
            "360s mail reminder shop 2",
            "600s pager escalation shop withheld (acknowledged by ada)");
    scene.say(shop, Act.UNACKNOWLEDGE, "ada");
    scene.pass("4m");
    assertThat(scene.story().subList(4, scene.story().size()))
        .containsExactly(
            "1200s mail reminder shop 6",
            "1200s pager escalation shop",
            "1260s mail reminder shop 7",
            "1380s pager reminder shop 1",
            "1440s mail reminder shop 8");
  }

  @Test
  void aManagerThatWasAwayDoesNotCatchUpOnReminders() {
    scene.follow(
        with(policy(step("0s", "mail")), Duration.ofMinutes(5), Duration.ZERO, Limit.DEFAULT));
    scene.open("shop", Kind.DOWN);
    scene.look();
    scene.now = START.plusSeconds(3600 + 7);
    scene.look();
    assertThat(scene.story()).containsExactly("0s mail opened shop", "3607s mail reminder shop 12");
    assertThat(scene.lookAgain).contains(START.plusSeconds(3900));
  }

  @Test
  void whoIsMutedIsNotToldAndThatIsRecorded() {
    scene.follow(policy(step("0s", "mail"), step("10m", "pager")));
    String shop = scene.open("shop", Kind.DOWN);
    scene.pass("1m");
    scene.say(shop, Act.MUTE, "ada");
    scene.pass("1h");
    scene.resolve(shop);
    scene.pass("1h");
    assertThat(scene.story())
        .containsExactly(
            "10s mail opened shop",
            "600s pager escalation shop withheld (muted by ada)",
            "3660s mail resolved shop withheld (muted by ada)");
  }

  @Test
  void whatIsSuppressedIsToldWhenItIsNotAnyMore() {
    scene.follow(policy(step("0s", "mail")));
    String shop = scene.open("shop", Kind.DOWN);
    scene.suppress(
        shop, new Suppression(Suppression.Reason.MAINTENANCE, "window night, until 11:00"));
    scene.pass("1h");
    assertThat(scene.story())
        .containsExactly("0s mail opened shop withheld (maintenance: window night, until 11:00)");
    scene.suppress(shop, null);
    scene.pass("1h");
    assertThat(scene.story()).hasSize(2).last().isEqualTo("3600s mail summary opened shop");
    scene.resolve(shop);
    scene.pass("1h");
    assertThat(scene.story()).hasSize(3).last().isEqualTo("7210s mail resolved shop");
  }

  @Test
  void whatGetsWorseIsToldAgain() {
    scene.follow(policy(step("0s", "mail")));
    String shop = scene.open("shop", Kind.DEGRADED);
    scene.pass("5m");
    scene.worsen(shop, Kind.DOWN);
    scene.pass("1h");
    assertThat(scene.story()).containsExactly("10s mail opened shop", "310s mail worse shop");
  }

  @Test
  void whatFlapsIsToldOnce() {
    scene.follow(
        with(policy(step("0s", "mail")), Duration.ofMinutes(5), Duration.ZERO, Limit.DEFAULT));
    String shop = scene.open("shop", Kind.FLAPPING);
    scene.pass("5h");
    scene.resolve(shop);
    scene.pass("1h");
    assertThat(scene.story()).containsExactly("0s mail opened shop", "18000s mail resolved shop");
  }

  @Test
  void beyondTheLimitEverythingComesInOneSummary() {
    scene.follow(
        with(
            policy(step("0s", "mail")),
            null,
            Duration.ofSeconds(10),
            new Limit(2, Duration.ofMinutes(10))));
    String first = scene.open("t0", Kind.DOWN);
    scene.pass("1m");
    for (int i = 1; i < 5; i++) {
      scene.open("t" + i, Kind.DOWN);
      scene.pass("1m");
    }
    scene.resolve(first);
    scene.pass("1h");
    assertThat(scene.story())
        .containsExactly(
            "10s mail opened t0",
            "70s mail opened t1",
            "600s mail summary opened t2 opened t3 opened t4 resolved t0");
  }

  @Test
  void inQuietTimesWhatIsNotDownWaitsForTheirEnd() {
    Hours night = new Hours("0 9 * * *", Duration.ofHours(3), UTC); // until 12:00
    scene.follow(with(policy(step("0s", "mail")), List.of(), List.of(new Quiet(night, Set.of()))));
    scene.open("shop", Kind.DOWN);
    scene.open("slow", Kind.DEGRADED);
    String brief = scene.open("brief", Kind.DEGRADED);
    scene.pass("1h");
    scene.resolve(brief);
    scene.pass("3h");
    assertThat(scene.story())
        .containsExactly(
            "10s mail opened shop",
            "3600s mail opened brief withheld (it was over before the time to tell came)",
            "7210s mail opened slow");
  }

  @Test
  void outOfHoursEverythingWaits() {
    Hours weekdays = new Hours("0 8 * * mon-fri", Duration.ofHours(10), ZoneId.of("Europe/Berlin"));
    scene.follow(with(policy(step("0s", "mail")), List.of(weekdays), List.of()));
    String shop = scene.open("shop", Kind.DOWN);
    scene.pass("1d");
    scene.resolve(shop);
    scene.until(Instant.parse("2026-11-23T18:00:00Z")); // 19:00 in Berlin
    scene.open("late", Kind.DOWN);
    scene.pass("20h");
    long eight = Duration.between(START, Instant.parse("2026-11-23T07:00:00Z")).toSeconds();
    assertThat(scene.story())
        .containsExactly(
            (eight + 10) + "s mail opened shop",
            "86410s mail resolved shop",
            (eight + 86_400 + 10) + "s mail opened late");
  }

  @Test
  void hoursThatNeverComeAreSaid() {
    Hours none = new Hours("0 0 30 2 *", Duration.ofHours(10), UTC);
    scene.follow(with(policy(step("0s", "mail")), List.of(none), List.of()));
    scene.open("shop", Kind.DOWN);
    scene.pass("1d");
    assertThat(scene.story())
        .containsExactly(
            "0s mail opened shop withheld (there are no hours of the policy any more)");
  }

  @Test
  void aNewPolicyTellsWhatLastsAndNotWhatIsLongOver() {
    String over = scene.open("over", Kind.DOWN);
    scene.open("lasts", Kind.DOWN);
    scene.pass("1h");
    scene.resolve(over);
    scene.pass("2h");
    scene.follow(policy(step("0s", "mail")));
    String justOver = scene.open("just", Kind.DOWN);
    scene.now = scene.now.plusSeconds(600);
    scene.resolve(justOver);
    scene.pass("1m");
    assertThat(scene.story())
        .containsExactlyInAnyOrder(
            "11400s mail summary opened lasts",
            "11400s mail opened just withheld (it was over before anybody could be told)");
  }

  @Test
  void theSameSituationGivesTheSameNotices() {
    scene.follow(policy(step("0s", "mail", "pager")));
    scene.open("a", Kind.DOWN);
    scene.now = START.plusSeconds(10);
    List<Notice> one = scene.plan().due();
    scene.now = START.plusSeconds(11);
    List<Notice> other = scene.plan().due();
    assertThat(one).extracting(Notice::id).hasSize(2);
    assertThat(other)
        .extracting(Notice::id)
        .containsExactlyElementsOf(one.stream().map(Notice::id).toList());
  }

  @Test
  void whoSeesOneMoreIncidentMakesAnotherPartAndTellsNothingTwice() {
    scene.follow(policy(step("0s", "mail")));
    scene.open("a", Kind.DOWN);
    scene.pass("10s");
    scene.now = START.plusSeconds(5);
    scene.open("seen late", Kind.DOWN); // detected in a piece of time that was told already
    scene.now = START.plusSeconds(12);
    scene.pass("1m");
    assertThat(scene.story()).containsExactly("10s mail opened a", "12s mail opened seen late");
    assertThat(scene.notices.keySet()).last().asString().endsWith(":opened:2");
  }

  @Test
  void tenThousandAtOnceAreAHandfulOfMessages() {
    scene.follow(policy(step("0s", "mail")));
    for (int i = 0; i < 10_000; i++) {
      scene.open("t" + i, Kind.DOWN);
    }
    scene.pass("1m");
    assertThat(scene.notices).hasSize(5);
    assertThat(scene.notices.values().stream().flatMap(n -> n.items().stream()).distinct().count())
        .isEqualTo(10_000);
  }

  private static Selection selection(Set<Kind> kinds, String tag, String test, String node) {
    return new Selection(kinds, set(tag), set(test), set(node));
  }

  private static SortedSet<String> set(String name) {
    return name == null ? new TreeSet<>() : new TreeSet<>(List.of(name));
  }
}
