package dev.jiggety.desktop.view.incidents;

import dev.jiggety.desktop.feed.HubPicture;
import dev.jiggety.desktop.feed.NodePicture;
import dev.jiggety.desktop.feed.TestPicture;
import dev.jiggety.desktop.fx.Pin;
import dev.jiggety.desktop.fx.Texts;
import dev.jiggety.desktop.navigation.Desk;
import dev.jiggety.desktop.session.InForce;
import dev.jiggety.desktop.session.Session;
import dev.jiggety.desktop.widget.Ages;
import dev.jiggety.document.Ids;
import dev.jiggety.document.SettingsDocument;
import dev.jiggety.document.WindowDocument;
import dev.jiggety.model.NodeStatus;
import dev.jiggety.model.Settings;
import dev.jiggety.model.TestDefinition;
import dev.jiggety.model.rules.incident.Episode;
import dev.jiggety.model.rules.incident.Hindsight;
import dev.jiggety.model.rules.incident.Hindsight.Voice;
import dev.jiggety.model.rules.incident.Word;
import dev.jiggety.repository.HubException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.NavigableSet;
import java.util.TreeSet;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.jspecify.annotations.Nullable;

/**
 * Why a test was taken for up or down at a time: worked out again from the results of that time, by
 * the rules that decide. FX thread only.
 */
public final class WhyNotViewModel {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);

  private final Desk desk;
  private final Session session;
  private final Ages ages;
  private final ObservableList<Choice> tests = FXCollections.observableArrayList();
  private final ObjectProperty<@Nullable Choice> test = new SimpleObjectProperty<>();
  private final StringProperty time = new SimpleStringProperty("");
  private final ReadOnlyObjectWrapper<List<String>> lines = new ReadOnlyObjectWrapper<>(List.of());
  private final ReadOnlyStringWrapper problem = new ReadOnlyStringWrapper("");
  private final ReadOnlyBooleanWrapper busy = new ReadOnlyBooleanWrapper();
  private InForce.Documents inForce = InForce.Documents.UNKNOWN;
  private int asked;

  /** A test to choose, shown by its name. */
  public record Choice(String id, String name) {
    @Override
    public String toString() {
      return name;
    }
  }

  WhyNotViewModel(Desk desk, Session session) {
    this.desk = desk;
    this.session = session;
    this.ages = new Ages(desk.texts(), desk.zone());
  }

  Pin activate() {
    if (time.get().isBlank()) {
      time.set(TIME.format(desk.now().atZone(desk.zone())));
    }
    return Pin.all(
        InForce.follow(session, desk.tasks(), documents -> inForce = documents),
        session.feed().subscribe(update -> offer(update.picture())));
  }

  public ObservableList<Choice> tests() {
    return tests;
  }

  public ObjectProperty<@Nullable Choice> testProperty() {
    return test;
  }

  /** When, by the clock on the wall: {@code 2026-03-02 10:15} with or without seconds. */
  public StringProperty timeProperty() {
    return time;
  }

  /** The answer, a sentence each. */
  public ReadOnlyObjectProperty<List<String>> linesProperty() {
    return lines.getReadOnlyProperty();
  }

  /** Why there is no answer, in one line; empty where there is, or nothing was asked. */
  public ReadOnlyStringProperty problemProperty() {
    return problem.getReadOnlyProperty();
  }

  public ReadOnlyBooleanProperty busyProperty() {
    return busy.getReadOnlyProperty();
  }

  /** Works it out. */
  public void explain() {
    Choice chosen = test.get();
    TestPicture picture = chosen == null ? null : session.feed().picture().find(chosen.id());
    if (picture == null) {
      problem.set(desk.texts().get("whynot.choose"));
      return;
    }
    Instant at;
    try {
      at = parse(time.get().strip());
    } catch (DateTimeException e) {
      problem.set(desk.texts().get("whynot.badTime", TIME.format(desk.now().atZone(desk.zone()))));
      return;
    }
    begin(picture.test(), at.isAfter(desk.now()) ? desk.now() : at);
  }

  /** Forgets the answer that is still awaited. */
  public void cancel() {
    asked++;
    busy.set(false);
  }

  private void begin(TestDefinition chosen, Instant at) {
    int mine = ++asked;
    NavigableSet<String> runners = new TreeSet<>();
    for (NodePicture node : session.feed().picture().nodes()) {
      NodeStatus status = node.status();
      if (chosen.where().includes(status.name(), status.tags())) {
        runners.add(status.name());
      }
    }
    InForce.Documents others = inForce;
    busy.set(true);
    problem.set("");
    lines.set(List.of());
    desk.tasks()
        .create(() -> words(read(chosen, runners, others, at)))
        .onSuccess(answer -> {
          if (mine == asked) {
            lines.set(answer);
          }
        })
        .onError(
            HubException.class,
            e -> {
              if (mine == asked) {
                problem.set(desk.texts().get("hub.failed", String.valueOf(e.getMessage())));
              }
            })
        .onFinally(() -> {
          if (mine == asked) {
            busy.set(false);
          }
        })
        .start();
  }

  private Hindsight read(
      TestDefinition chosen, NavigableSet<String> runners, InForce.Documents others, Instant at) {
    List<Word> words = new ArrayList<>();
    session
        .connection()
        .results()
        .read(
            Hindsight.from(chosen, at),
            at.plusMillis(1),
            batch ->
                Word.of(Ids.batch(batch.at(), batch.node(), batch.stream(), batch.seq()), batch)
                    .stream()
                    .filter(word -> word.test().equals(chosen.id()))
                    .forEach(words::add));
    Settings settings =
        others.all(SettingsDocument.TYPE).stream().findFirst().orElse(Settings.DEFAULT);
    return Hindsight.of(chosen, words, runners, others.all(WindowDocument.TYPE), settings, at);
  }

  /** Off the FX thread; words are immutable. */
  private List<String> words(Hindsight judged) {
    Texts texts = desk.texts();
    List<String> answer = new ArrayList<>();
    answer.add(
        texts.get(
            "whynot.verdict",
            ages.time(judged.at(), desk.now()),
            texts.get("verdict." + judged.verdict().name())));
    answer.add(
        judged.fresh() == 0
            ? texts.get("whynot.nobody")
            : texts.get(
                "whynot.votes", judged.down(), judged.fresh(), judged.degraded(), judged.needed()));
    judged.voices().forEach(voice -> answer.add(words(voice, judged.at())));
    for (Episode episode : judged.open()) {
      answer.add(
          texts.get(
              "whynot.wrong",
              texts.get("incident.kind." + episode.kind().name()),
              ages.time(episode.began(), desk.now()),
              episode.text()));
      answer.add(
          episode.suppressed() == null
              ? texts.get("whynot.people")
              : texts.get("whynot.nobodyTold", episode.suppressed().text()));
    }
    if (judged.open().isEmpty()) {
      answer.add(texts.get("whynot.conclusion." + judged.conclusion().name()));
    }
    return List.copyOf(answer);
  }

  private String words(Voice voice, Instant at) {
    Texts texts = desk.texts();
    Word word = voice.word();
    if (word == null) {
      return texts.get("whynot.silent", voice.node());
    }
    String said =
        texts.get(
            "whynot.voice",
            voice.node(),
            texts.get("verdict." + word.verdict().name()),
            ages.length(Math.max(0, Duration.between(word.start(), at).toSeconds())),
            word.failure() == null ? "" : ": " + word.failure().text());
    String weight =
        word.doubt() != null
            ? texts.get("whynot.doubt." + word.doubt().name())
            : texts.get("whynot.weight." + voice.weight().name());
    return said + weight;
  }

  private Instant parse(String text) {
    String whole = text.length() == "2026-03-02 10:15".length() ? text + ":00" : text;
    return LocalDateTime.parse(whole.replace('T', ' '), TIME).atZone(desk.zone()).toInstant();
  }

  private void offer(HubPicture picture) {
    List<Choice> now =
        picture.tests().stream()
            .map(it -> new Choice(it.test().id(), it.test().name()))
            .sorted((one, two) -> one.name().compareToIgnoreCase(two.name()))
            .toList();
    if (!tests.equals(now)) {
      Choice chosen = test.get();
      tests.setAll(now);
      test.set(
          chosen == null
              ? null
              : now.stream().filter(it -> it.id().equals(chosen.id())).findFirst().orElse(null));
    }
  }
}
