package dev.jiggety.model.rules.notice;

import static dev.jiggety.model.rules.notice.Scene.policy;
import static dev.jiggety.model.rules.notice.Scene.step;
import static dev.jiggety.model.rules.notice.Scene.with;
import static org.assertj.core.api.Assertions.assertThat;

import dev.jiggety.model.Incident;
import dev.jiggety.model.Incident.Kind;
import dev.jiggety.model.Incident.Suppression;
import dev.jiggety.model.IncidentAct.Act;
import dev.jiggety.model.Notice;
import dev.jiggety.model.Notice.Item;
import dev.jiggety.model.Notice.Reason;
import dev.jiggety.model.Notice.State;
import dev.jiggety.model.Policy.Limit;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Whatever happens in whatever order: nothing is told twice, and nothing is left out. */
class NoticeRulesPropertyTest {

  @Property(tries = 300)
  void eachStepOfEachIncidentIsToldOnceOrSaidToBeWithheld(
      @ForAll long seed,
      @ForAll @IntRange(min = 0, max = 40) int group,
      @ForAll @IntRange(min = 1, max = 30) int limit) {
    Random random = new Random(seed);
    Scene scene = new Scene();
    scene.follow(
        with(
            policy(step("0s", "mail", "chat"), step("5m", "pager", "mail")),
            random.nextBoolean() ? Duration.ofMinutes(7) : null,
            Duration.ofSeconds(group),
            new Limit(limit, Duration.ofMinutes(10))));
    for (int i = 0; i < 60; i++) {
      happen(scene, random);
      scene.pass(random.nextInt(90) + "s");
    }
    scene.incidents.keySet().forEach(id -> scene.suppress(id, null));
    scene.pass("1h");
    scene.incidents.values().stream()
        .filter(Incident::isOpen)
        .map(Incident::id)
        .toList()
        .forEach(scene::resolve);
    scene.pass("1d");

    assertThat(counts(scene)).allSatisfy((what, count) -> assertThat(count).isOne());
    for (Incident incident : scene.incidents.values()) {
      for (String channel : List.of("mail", "chat")) {
        List<Item> told = items(scene, channel, incident.id(), false);
        List<Item> withheld = items(scene, channel, incident.id(), true);
        assertThat(concat(told, withheld))
            .as("of %s to %s", incident.id(), channel)
            .anyMatch(item -> item.reason() == Reason.OPENED);
        if (!told.isEmpty()) {
          assertThat(concat(told, withheld)).anyMatch(item -> item.reason() == Reason.RESOLVED);
        }
      }
      Duration lasted =
          Duration.between(incident.detected(), Objects.requireNonNull(incident.resolved()));
      if (lasted.compareTo(Duration.ofMinutes(5)) > 0) {
        assertThat(
                concat(
                    items(scene, "pager", incident.id(), false),
                    items(scene, "pager", incident.id(), true)))
            .anyMatch(item -> item.reason() == Reason.ESCALATION);
      }
    }
  }

  /** Both look at the same moment; one of them does not see what was made last. */
  @Property(tries = 300)
  void twoManagersTellNothingTwice(
      @ForAll long seed, @ForAll @IntRange(min = 0, max = 40) int group) {
    Random random = new Random(seed);
    Scene scene = new Scene();
    scene.follow(
        with(
            policy(step("0s", "mail"), step("5m", "pager")),
            Duration.ofMinutes(7),
            Duration.ofSeconds(group),
            new Limit(10_000, Duration.ofDays(1))));
    for (int i = 0; i < 40; i++) {
      happen(scene, random);
      Map<String, Notice> before = new HashMap<>(scene.notices);
      scene.look();
      List<Notice> another = planOf(scene, before);
      for (Notice notice : another) {
        scene.notices.putIfAbsent(notice.id(), notice); // as a hub does
      }
      scene.pass(random.nextInt(90) + "s");
    }
    assertThat(counts(scene)).allSatisfy((what, count) -> assertThat(count).isOne());
  }

  private static List<Notice> planOf(Scene scene, Map<String, Notice> notices) {
    Map<String, Notice> all = new HashMap<>(scene.notices);
    scene.notices.clear();
    scene.notices.putAll(notices);
    List<Notice> due = scene.plan().due();
    scene.notices.clear();
    scene.notices.putAll(all);
    return due;
  }

  private static void happen(Scene scene, Random random) {
    List<String> ids = new ArrayList<>(scene.incidents.keySet());
    if (ids.isEmpty() || random.nextInt(3) == 0) {
      Kind[] kinds = {Kind.DEGRADED, Kind.DOWN, Kind.NODE, Kind.FLAPPING};
      scene.open("t" + ids.size(), kinds[random.nextInt(kinds.length)]);
      return;
    }
    String id = ids.get(random.nextInt(ids.size()));
    Incident incident = Objects.requireNonNull(scene.incidents.get(id));
    if (!incident.isOpen()) {
      return;
    }
    switch (random.nextInt(7)) {
      case 0, 1 -> scene.resolve(id);
      case 2 -> scene.say(id, Act.ACKNOWLEDGE, "ada");
      case 3 -> scene.say(id, Act.UNACKNOWLEDGE, "ada");
      case 4 -> scene.suppress(id, new Suppression(Suppression.Reason.MAINTENANCE, "night"));
      case 5 -> scene.suppress(id, null);
      default -> {
        if (incident.kind() == Kind.DEGRADED) {
          scene.worsen(id, Kind.DOWN);
        }
      }
    }
  }

  /** How often each thing was told. */
  private static Map<List<Object>, Long> counts(Scene scene) {
    return scene.notices.values().stream()
        .filter(notice -> notice.state() != State.WITHHELD)
        .flatMap(notice ->
            notice.items().stream()
                .map(item ->
                    List.<Object>of(
                        notice.channel(),
                        item.incident(),
                        item.reason(),
                        item.reason() == Reason.WORSE ? item.kind() : item.step(),
                        item.number())))
        .collect(Collectors.groupingBy(what -> what, Collectors.counting()));
  }

  private static List<Item> items(Scene scene, String channel, String incident, boolean withheld) {
    return scene.notices.values().stream()
        .filter(notice -> notice.channel().equals(channel))
        .filter(notice -> (notice.state() == State.WITHHELD) == withheld)
        .flatMap(notice -> notice.items().stream())
        .filter(item -> item.incident().equals(incident))
        .toList();
  }

  private static List<Item> concat(List<Item> some, List<Item> more) {
    List<Item> all = new ArrayList<>(some);
    all.addAll(more);
    return all;
  }
}
