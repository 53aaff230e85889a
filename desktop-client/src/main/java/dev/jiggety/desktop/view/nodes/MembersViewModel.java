package dev.jiggety.desktop.view.nodes;

import dev.jiggety.desktop.feed.NodePicture;
import dev.jiggety.desktop.fx.Pin;
import dev.jiggety.desktop.fx.Texts;
import dev.jiggety.desktop.navigation.Desk;
import dev.jiggety.desktop.navigation.Dialogs.Tone;
import dev.jiggety.desktop.session.HubConnection;
import dev.jiggety.desktop.session.KeyState;
import dev.jiggety.desktop.session.PatchDesk.Refusal;
import dev.jiggety.desktop.session.Session;
import dev.jiggety.desktop.widget.Ages;
import dev.jiggety.desktop.widget.Refusals;
import dev.jiggety.model.Dismissal;
import dev.jiggety.model.Member;
import dev.jiggety.model.Member.Standing;
import dev.jiggety.model.rules.EnrolmentRules;
import dev.jiggety.model.rules.PatchIds;
import dev.jiggety.model.rules.SecretRules;
import dev.jiggety.repository.EnrolmentRepository.Invited;
import dev.jiggety.repository.HubException;
import dev.jiggety.signing.SigningKey;
import dev.jiggety.signing.Trust;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.jspecify.annotations.Nullable;

/**
 * Who belongs to the installation, who did, who is invited, and who tests without having been let
 * in. Asks every few seconds while it is seen. FX thread only.
 */
final class MembersViewModel {
  /** How often the hub is asked. */
  static final Duration OFTEN = Duration.ofSeconds(5);

  /** A manager that has not done by then what was ordered is said to be missing. */
  static final Duration PATIENCE = Duration.ofSeconds(15);

  private final Desk desk;
  private final Session session;
  private final RandomGenerator random;
  private final Texts texts;
  private final Ages ages;
  private final ObservableList<MemberRow> rows = FXCollections.observableArrayList();
  private final ReadOnlyStringWrapper summary = new ReadOnlyStringWrapper("");
  private final BooleanProperty open = new SimpleBooleanProperty();
  private Said said = new Said(List.of(), List.of());
  private @Nullable Instant askedAt;
  private @Nullable Instant answeredAt;
  private @Nullable Ordered ordered;
  private String trouble = "";
  private boolean asking;

  private record Said(List<Member> members, List<Invited> invitations) {}

  /** What was handed in and is not done yet. */
  private record Ordered(String node, Standing standing, Instant at) {}

  /** What is known before somebody is sent away. */
  private record Known(Optional<Member> member, SortedSet<String> secrets) {}

  MembersViewModel(Desk desk, Session session, RandomGenerator random) {
    this.desk = desk;
    this.session = session;
    this.random = random;
    this.texts = desk.texts();
    this.ages = new Ages(texts, desk.zone());
    open.subscribe(this::refresh);
  }

  /** Begins to ask. */
  Pin activate() {
    refresh();
    return desk.everySecond(this::tick);
  }

  /** Whether they are seen. */
  BooleanProperty openProperty() {
    return open;
  }

  /** Those that need a look first, then by name. */
  ObservableList<MemberRow> rows() {
    return rows;
  }

  /** How many there are and how old that is, or why it is not known. */
  ReadOnlyStringProperty summaryProperty() {
    return summary.getReadOnlyProperty();
  }

  /** Asks now. */
  void refresh() {
    if (asking || (!open.get() && ordered == null)) {
      return;
    }
    asking = true;
    askedAt = desk.now();
    var enrolment = session.connection().enrolment();
    desk.tasks()
        .create(() -> new Said(enrolment.members(), enrolment.invitations()))
        .onSuccess(answer -> {
          said = answer;
          answeredAt = desk.now();
          trouble = "";
          done();
        })
        .onError(HubException.class, e -> trouble = String.valueOf(e.getMessage()))
        .onFinally(() -> {
          asking = false;
          show();
        })
        .start();
  }

  /** Asks back, with what follows from it, and then sends a node away. */
  void dismiss(MemberRow row, Standing standing) {
    if (!(session.patches().keys().state() instanceof KeyState.Ready ready)) {
      desk.dialogs()
          .say(
              Tone.ERROR,
              Refusals.words(new Refusal.NoKey(session.patches().keys().state()), texts));
      return;
    }
    HubConnection hub = session.connection();
    desk.tasks()
        .create(() -> known(hub, row.name()))
        .onSuccess(known ->
            known.member().ifPresent(member -> confirm(member, known, standing, ready.key())))
        .onError(HubException.class, this::failed)
        .start();
  }

  private static Known known(HubConnection hub, String node) {
    Trust trust = Trust.in(hub.patches().inForce());
    SortedSet<String> names =
        hub.secrets()
            .index(trust)
            .<SortedSet<String>>map(it -> new TreeSet<>(it.secrets().keySet()))
            .orElseGet(TreeSet::new);
    return new Known(
        hub.enrolment().member(node),
        SecretRules.knownTo(node, hub.secrets().secrets(names, trust)));
  }

  private void confirm(Member member, Known known, Standing standing, SigningKey key) {
    String node = member.name();
    String secrets =
        known.secrets().isEmpty()
            ? texts.get("nodes.secrets.none")
            : texts.get(
                standing == Standing.REVOKED ? "nodes.secrets.change" : "nodes.secrets.knew",
                String.join(", ", known.secrets()));
    desk.dialogs()
        .confirm(
            texts.get("nodes.ask." + standing.name(), node),
            texts.get("nodes.consequence." + standing.name(), node) + " " + secrets,
            texts.get("nodes.act." + standing.name()),
            () -> send(member, standing, key));
  }

  private void send(Member member, Standing standing, SigningKey key) {
    Instant now = desk.now().truncatedTo(ChronoUnit.MILLIS);
    Dismissal dismissal =
        new Dismissal(
            PatchIds.of(now, random),
            member.name(),
            standing,
            member.since(),
            "",
            now,
            key.trusted().name());
    if (EnrolmentRules.dismissed(member, dismissal, now).isEmpty()) {
      refresh();
      return;
    }
    var enrolment = session.connection().enrolment();
    desk.tasks()
        .create(() -> {
          enrolment.dismiss(dismissal, key);
          return dismissal;
        })
        .onSuccess(it -> {
          ordered = new Ordered(it.node(), standing, now);
          refresh();
        })
        .onError(HubException.class, this::failed)
        .start();
  }

  private void failed(HubException e) {
    desk.dialogs().say(Tone.ERROR, String.valueOf(e.getMessage()));
  }

  /** Tells what became of an order. */
  private void done() {
    Ordered order = ordered;
    if (order == null) {
      return;
    }
    boolean isDone =
        said.members().stream()
            .anyMatch(it ->
                it.name().equals(order.node()) && it.standing().compareTo(order.standing()) >= 0);
    if (isDone) {
      ordered = null;
      desk.dialogs()
          .say(Tone.DONE, texts.get("nodes.done." + order.standing().name(), order.node()));
    } else if (desk.now().isAfter(order.at().plus(PATIENCE))) {
      ordered = null;
      desk.dialogs().say(Tone.WARNING, texts.get("nodes.dismiss.unanswered", order.node()));
    }
  }

  private void tick() {
    if (!open.get() && ordered == null) {
      return;
    }
    Instant asked = askedAt;
    boolean isDue = asked == null || !desk.now().isBefore(asked.plus(OFTEN));
    if (isDue || ordered != null) {
      refresh();
    }
    show();
  }

  private void show() {
    Instant now = desk.now();
    List<NodePicture> nodes = session.feed().picture().nodes();
    List<MemberRow> found = MemberRow.of(said.members(), said.invitations(), nodes, now);
    if (!found.equals(rows)) {
      rows.setAll(found);
    }
    Instant answered = answeredAt;
    long active = said.members().stream().filter(it -> it.standing() == Standing.ACTIVE).count();
    summary.set(
        !trouble.isEmpty()
            ? texts.get("nodes.members.failed", trouble)
            : answered == null
                ? texts.get("nodes.members.asking")
                : texts.get(
                    "nodes.members.count",
                    active,
                    said.members().size() - active,
                    ages.ago(answered, now)));
  }
}
