package dev.jiggety.desktop.view.alerting;

import com.google.gson.JsonObject;
import dev.jiggety.desktop.feed.HubPicture;
import dev.jiggety.desktop.fx.Texts;
import dev.jiggety.desktop.navigation.Desk;
import dev.jiggety.document.DocumentException;
import dev.jiggety.document.PolicyDocument;
import dev.jiggety.document.SettingsDocument;
import dev.jiggety.document.WindowDocument;
import dev.jiggety.model.Incident;
import dev.jiggety.model.Policy;
import dev.jiggety.model.Settings;
import dev.jiggety.model.TestDefinition;
import dev.jiggety.model.Window;
import dev.jiggety.model.rules.Windows;
import dev.jiggety.model.rules.notice.TellingTimes;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** What follows from a document, in sentences: its next times, and whom it is about. */
final class Outlook {
  private static final Duration FAR = Duration.ofDays(400);
  private static final int MOST_TIMES = 5;
  private static final int MOST_NAMES = 6;

  private final Desk desk;
  private final Texts texts;
  private final DateTimeFormatter time;

  Outlook(Desk desk) {
    this.desk = desk;
    this.texts = desk.texts();
    this.time = DateTimeFormatter.ofPattern("EEE d MMM yyyy HH:mm", texts.locale());
  }

  /** The sentences; the document is right. */
  List<String> of(Kind kind, JsonObject document, Map<String, JsonObject> others, HubPicture hub) {
    try {
      return switch (kind) {
        case WINDOW -> window(WindowDocument.TYPE.read(document), hub);
        case POLICY -> policy(PolicyDocument.TYPE.read(document), hub);
        case CHANNEL -> channel(document, others);
        case SETTINGS -> settings(SettingsDocument.TYPE.read(document));
      };
    } catch (DocumentException e) {
      return List.of();
    }
  }

  private List<String> window(Window window, HubPicture hub) {
    List<String> lines = new ArrayList<>();
    lines.add(tests("alerting.window.tests", hub, window::isAbout));
    if (!window.active()) {
      lines.add(texts.get("alerting.off"));
      return lines;
    }
    Instant now = desk.now();
    List<Windows.Span> spans = Windows.spans(window, now, now.plus(FAR));
    if (spans.isEmpty()) {
      lines.add(texts.get("alerting.window.never"));
    }
    spans.stream()
        .limit(MOST_TIMES)
        .forEach(span ->
            lines.add(
                texts.get(
                    span.covers(now) ? "alerting.window.open" : "alerting.window.next",
                    local(span.from()),
                    local(span.to()))));
    return lines;
  }

  private List<String> policy(Policy policy, HubPicture hub) {
    List<String> lines = new ArrayList<>();
    boolean names = !policy.which().tests().isEmpty() || !policy.which().tags().isEmpty();
    if (names || policy.which().nodes().isEmpty()) {
      lines.add(
          tests(
              "alerting.policy.tests",
              hub,
              test ->
                  !names
                      || policy.which().tests().contains(test.id())
                      || !Collections.disjoint(policy.which().tags(), test.tags())));
    }
    if (!policy.active()) {
      lines.add(texts.get("alerting.off"));
      return lines;
    }
    Instant now = desk.now();
    for (Incident.Kind kind : List.of(Incident.Kind.DOWN, Incident.Kind.DEGRADED)) {
      if (policy.which().kinds().isEmpty() || policy.which().kinds().contains(kind)) {
        Optional<Instant> from = TellingTimes.from(policy, kind, now);
        String word = texts.get("incident.kind." + kind.name());
        lines.add(
            from.isEmpty()
                ? texts.get("alerting.policy.never", word)
                : from.get().isAfter(now)
                    ? texts.get("alerting.policy.later", word, local(from.get()))
                    : texts.get("alerting.policy.now", word));
      }
    }
    return lines;
  }

  private List<String> channel(JsonObject document, Map<String, JsonObject> others) {
    String id = new Draft(document).text("_id").substring(Kind.CHANNEL.prefix().length());
    List<String> users = new ArrayList<>();
    others.forEach((target, other) -> {
      if (target.startsWith(Kind.POLICY.prefix())) {
        try {
          Policy policy = PolicyDocument.TYPE.read(other);
          if (policy.steps().stream().anyMatch(step -> step.channels().contains(id))) {
            users.add(policy.name());
          }
        } catch (DocumentException e) {
          // its own form says what is wrong with it
        }
      }
    });
    return List.of(
        users.isEmpty()
            ? texts.get("alerting.channel.unused")
            : texts.get("alerting.channel.used", String.join(", ", users)));
  }

  private List<String> settings(Settings settings) {
    return List.of(
        settings.references().isEmpty()
            ? texts.get("alerting.settings.noReferences")
            : texts.get("alerting.settings.references", settings.references().size()),
        texts.get(
            "alerting.settings.kept", settings.liveFor().toDays(), settings.archiveFor().toDays()));
  }

  private String tests(String key, HubPicture hub, Predicate<TestDefinition> which) {
    List<String> names =
        hub.tests().stream().map(it -> it.test()).filter(which).map(TestDefinition::name).toList();
    String some = String.join(", ", names.subList(0, Math.min(MOST_NAMES, names.size())));
    return texts.get(
        key,
        names.size(),
        hub.tests().size(),
        names.size() > MOST_NAMES
            ? texts.get("names.more", some, names.size() - MOST_NAMES)
            : some);
  }

  private String local(Instant at) {
    return time.format(at.atZone(desk.zone()));
  }
}
