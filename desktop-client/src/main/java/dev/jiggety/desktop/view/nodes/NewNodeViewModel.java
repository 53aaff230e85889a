package dev.jiggety.desktop.view.nodes;

import dev.jiggety.base.Secret;
import dev.jiggety.couch.HubAddress;
import dev.jiggety.desktop.feed.HubPicture;
import dev.jiggety.desktop.feed.NodeVerdict;
import dev.jiggety.desktop.feed.TestPicture;
import dev.jiggety.desktop.fx.Pin;
import dev.jiggety.desktop.fx.Texts;
import dev.jiggety.desktop.navigation.Desk;
import dev.jiggety.desktop.session.KeyState;
import dev.jiggety.desktop.session.PatchDesk.Refusal;
import dev.jiggety.desktop.session.Session;
import dev.jiggety.desktop.widget.Ages;
import dev.jiggety.desktop.widget.Refusals;
import dev.jiggety.model.Admission;
import dev.jiggety.model.Invitation;
import dev.jiggety.model.NodeStatus;
import dev.jiggety.model.rules.EnrolmentRules;
import dev.jiggety.repository.EnrolmentRepository;
import dev.jiggety.repository.HubException;
import dev.jiggety.signing.MachinePassword;
import dev.jiggety.signing.SigningKey;
import dev.jiggety.signing.Token;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import org.jspecify.annotations.Nullable;

/**
 * Lets one node in: makes an invitation by the rules of {@code jiggety enroll token}, shows the one
 * command, and waits until the node has joined and has run its first test. What it waits for is
 * asked for every second while it is seen. The secret of the token is in no file and nowhere but
 * here, until {@link #clear}. FX thread only.
 */
final class NewNodeViewModel {
  /** How long an invitation can be used. */
  static final List<Duration> VALID =
      List.of(
          Duration.ofMinutes(15), Duration.ofHours(1), Duration.ofDays(1), EnrolmentRules.LONGEST);

  /** A manager that has not answered by then is said to be missing. */
  static final Duration PATIENCE = Duration.ofSeconds(15);

  private final Desk desk;
  private final Session session;
  private final Texts texts;
  private final Ages ages;
  private final StringProperty tags = new SimpleStringProperty("");
  private final StringProperty name = new SimpleStringProperty("");
  private final StringProperty place;
  private final ObjectProperty<Duration> valid = new SimpleObjectProperty<>(VALID.get(1));
  private final ReadOnlyObjectWrapper<Stage> stage = new ReadOnlyObjectWrapper<>(Stage.FORM);
  private final ReadOnlyStringWrapper problem = new ReadOnlyStringWrapper("");
  private final ReadOnlyStringWrapper command = new ReadOnlyStringWrapper("");
  private final ReadOnlyStringWrapper validity = new ReadOnlyStringWrapper("");
  private final ReadOnlyStringWrapper progress = new ReadOnlyStringWrapper("");
  private @Nullable Sent sent;
  private @Nullable Admission admission;
  private boolean asking;

  /** How far it is. */
  enum Stage {
    /** Nothing was handed in. */
    FORM,
    /** It was handed in, and the manager has not opened it yet. */
    ASKED,
    /** The command can be run. */
    OPEN,
    /** The node was let in, and was not heard with a result yet. */
    JOINED,
    /** It tests. */
    RUNS,
    /** Nobody is let in with it. */
    OVER
  }

  /** What was handed in, and where nodes find the hub. */
  private record Sent(
      Invitation invitation, Secret secret, List<HubAddress> hubs, Optional<String> pin) {}

  NewNodeViewModel(Desk desk, Session session) {
    this.desk = desk;
    this.session = session;
    this.texts = desk.texts();
    this.ages = new Ages(texts, desk.zone());
    this.place = new SimpleStringProperty(session.hub().url());
  }

  /** Looks every second how far it is. */
  Pin activate() {
    return desk.everySecond(this::look);
  }

  /** Tags by which tests choose the node, separated by commas or spaces. */
  StringProperty tagsProperty() {
    return tags;
  }

  /** What the node is called; empty where it may say so itself. */
  StringProperty nameProperty() {
    return name;
  }

  /** Where nodes find the hub; several addresses separated by commas. */
  StringProperty placeProperty() {
    return place;
  }

  /** How long the token can be used. */
  ObjectProperty<Duration> validProperty() {
    return valid;
  }

  ReadOnlyObjectProperty<Stage> stageProperty() {
    return stage.getReadOnlyProperty();
  }

  /** Why it does not go on, with the remedy; empty for nothing. */
  ReadOnlyStringProperty problemProperty() {
    return problem.getReadOnlyProperty();
  }

  /** What is to be run on the node's machine; empty before it can be. Holds the token. */
  ReadOnlyStringProperty commandProperty() {
    return command.getReadOnlyProperty();
  }

  /** How long that is possible. */
  ReadOnlyStringProperty validityProperty() {
    return validity.getReadOnlyProperty();
  }

  /** What it waits for, or what came of it. */
  ReadOnlyStringProperty progressProperty() {
    return progress.getReadOnlyProperty();
  }

  /** Forgets the token and begins anew; what was handed in stands until it expires. */
  void clear() {
    sent = null;
    admission = null;
    name.set("");
    command.set("");
    validity.set("");
    problem.set("");
    become(Stage.FORM);
  }

  /** Signs an invitation and hands it in. */
  void invite() {
    if (stage.get() != Stage.FORM || asking) {
      return;
    }
    if (!(session.patches().keys().state() instanceof KeyState.Ready ready)) {
      problem.set(Refusals.words(new Refusal.NoKey(session.patches().keys().state()), texts));
      return;
    }
    List<HubAddress> hubs;
    try {
      hubs = HubAddress.parseAll(place.get().strip(), Optional.empty());
    } catch (IllegalArgumentException e) {
      problem.set(String.valueOf(e.getMessage()));
      return;
    }
    Secret secret = MachinePassword.draw();
    Invitation invitation = invitation(secret, ready.name());
    Optional<String> wrong = EnrolmentRules.problem(invitation, desk.now());
    if (wrong.isPresent()) {
      problem.set(wrong.get());
      return;
    }
    problem.set("");
    send(invitation, secret, hubs, ready.key());
  }

  private void send(Invitation invitation, Secret secret, List<HubAddress> hubs, SigningKey key) {
    asking = true;
    var connection = session.connection();
    desk.tasks()
        .create(() -> {
          Optional<String> pin = connection.pin(hubs.getFirst());
          connection.enrolment().invite(invitation, key);
          return new Sent(invitation, secret, hubs, pin);
        })
        .onSuccess(it -> {
          sent = it;
          become(Stage.ASKED);
        })
        .onError(HubException.class, e -> problem.set(String.valueOf(e.getMessage())))
        .onFinally(() -> {
          asking = false;
          look();
        })
        .start();
  }

  private Invitation invitation(Secret secret, String by) {
    Instant now = desk.now().truncatedTo(ChronoUnit.MILLIS);
    return new Invitation(
        Token.newId(),
        tags(tags.get()),
        name.get().strip(),
        MachinePassword.hash(secret),
        now,
        now.plus(valid.get()),
        by);
  }

  private static NavigableSet<String> tags(String text) {
    return Arrays.stream(text.split("[,\\s]+"))
        .filter(it -> !it.isEmpty())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private void look() {
    Sent it = sent;
    if (it == null) {
      return;
    }
    if (stage.get() == Stage.ASKED || stage.get() == Stage.OPEN) {
      ask(it);
    }
    if (stage.get() == Stage.JOINED) {
      listen(Objects.requireNonNull(admission));
    }
    say(it);
  }

  private void ask(Sent it) {
    if (asking) {
      return;
    }
    asking = true;
    EnrolmentRepository enrolment = session.connection().enrolment();
    desk.tasks()
        .create(() -> enrolment.admission(it.invitation().id()))
        .onSuccess(found -> {
          if (it.equals(sent)) {
            problem.set("");
            found.ifPresent(answer -> take(it, answer));
          }
        })
        .onError(
            HubException.class,
            e -> problem.set(texts.get("nodes.new.away", String.valueOf(e.getMessage()))))
        .onFinally(() -> asking = false)
        .start();
  }

  private void take(Sent it, Admission answer) {
    admission = answer;
    switch (answer.state()) {
      case OPEN -> {
        Token token =
            new Token(it.invitation().id(), it.secret(), answer.keys().getFirst().id(), it.pin());
        String hubs = it.hubs().stream().map(HubAddress::toString).collect(Collectors.joining(","));
        command.set("jiggety enroll join " + hubs + " " + token.reveal());
        become(Stage.OPEN);
      }
      case ADMITTED -> {
        command.set("");
        become(Stage.JOINED);
        listen(answer);
      }
      case REFUSED, EXPIRED -> {
        command.set("");
        problem.set(
            answer.state() == Admission.State.REFUSED
                ? texts.get("nodes.new.refused", answer.reason())
                : texts.get("nodes.new.expired"));
        become(Stage.OVER);
      }
    }
    say(it);
  }

  /** Whether the node was heard since it was let in, and with what. */
  private void listen(Admission answer) {
    String node = answer.node();
    HubPicture picture = session.feed().picture();
    for (TestPicture test : picture.tests()) {
      for (NodeVerdict word : test.nodes()) {
        if (word.node().equals(node) && !word.last().startedAt().isBefore(answer.at())) {
          progress.set(
              texts.get(
                  "nodes.new.runs", node, test.test().name(), ages.millis(word.last().total())));
          stage.set(Stage.RUNS);
          return;
        }
      }
    }
    Optional<NodeStatus> heard =
        picture.nodes().stream()
            .map(it -> it.status())
            .filter(it ->
                it.name().equals(node) && it.heartbeatAt().isAfter(answer.at().minus(PATIENCE)))
            .findFirst();
    progress.set(
        heard
            .map(it ->
                it.tests() == 0
                    ? texts.get("nodes.new.noTest", node)
                    : texts.get("nodes.new.heard", node, it.tests()))
            .orElseGet(() -> texts.get("nodes.new.joined", node)));
  }

  private void become(Stage now) {
    stage.set(now);
    if (now == Stage.FORM || now == Stage.OVER) {
      progress.set("");
    }
  }

  private void say(Sent it) {
    Instant now = desk.now();
    Instant expires = it.invitation().expires();
    boolean isOpen = stage.get() == Stage.OPEN;
    validity.set(
        isOpen
            ? texts.get(
                "nodes.new.valid",
                ages.time(expires, now),
                ages.length(Math.max(0, Duration.between(now, expires).toSeconds())))
            : "");
    if (isOpen) {
      progress.set(texts.get("nodes.new.open"));
    } else if (stage.get() == Stage.ASKED) {
      boolean isLate = now.isAfter(it.invitation().created().plus(PATIENCE));
      progress.set(texts.get(isLate ? "nodes.new.unanswered" : "nodes.new.asked"));
    }
  }
}
