package dev.jiggety.agent.manager;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import dev.jiggety.base.Backoff;
import dev.jiggety.document.AuditDocument;
import dev.jiggety.document.CanonicalJson;
import dev.jiggety.document.Contents;
import dev.jiggety.document.Ids;
import dev.jiggety.document.RolloutDocument;
import dev.jiggety.model.AuditEntry;
import dev.jiggety.model.Cause;
import dev.jiggety.model.Rollout;
import dev.jiggety.repository.HubException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the audit log, between other things, so that nothing waits for it. What a manager that was
 * killed left out is seen in the stories of rollouts and added.
 */
final class AuditTrail {
  /** How far back a manager that takes over looks: more than can be under way at once. */
  private static final int WINDOW = 2000;

  private static final String NONE = "0".repeat(64);
  private static final Backoff RETRY = new Backoff(Duration.ofMillis(200), Duration.ofSeconds(10));

  private final Context context;
  private final long epoch;
  private final Consumer<Runnable> step;
  private final Deque<Draft> drafts = new ArrayDeque<>();
  private final IdentityHashMap<Draft, Runnable> after = new IdentityHashMap<>();
  private final Set<String> written = new HashSet<>();
  private @Nullable AuditEntry last;
  private boolean isKnown;
  private boolean isPlanned;
  private int failures;

  /**
   * An entry without its place.
   *
   * @param key what it tells, where that must not be told twice; empty otherwise
   */
  private record Draft(
      String key, Instant at, String by, String about, String event, String text, String evidence) {
    AuditEntry after(@Nullable AuditEntry last) {
      return new AuditEntry(
          last == null ? 1 : last.number() + 1,
          at,
          by,
          about,
          event,
          text,
          evidence,
          last == null ? NONE : digest(last));
    }
  }

  /**
   * @param step runs something as a step of the manager
   */
  AuditTrail(Context context, long epoch, Consumer<Runnable> step) {
    this.context = context;
    this.epoch = epoch;
    this.step = step;
  }

  /** The digest of an entry, as the next one carries it. */
  static String digest(AuditEntry entry) {
    return Contents.of(AuditDocument.TYPE.write(entry)).digest();
  }

  /** A step of a rollout; once, however often it is told. */
  void transition(Rollout rollout, Rollout.Transition transition) {
    transition(rollout, rollout.transitions().lastIndexOf(transition));
  }

  private void transition(Rollout rollout, int index) {
    Rollout.Transition transition = rollout.transitions().get(index);
    String key = key(Ids.rollout(rollout.id()), index);
    if (!written.add(key)) {
      return;
    }
    String by =
        transition.cause() instanceof Cause.Operator operator
            ? by(operator.by())
            : "manager:" + context.name();
    String from = transition.from() == null ? "" : transition.from().label() + " → ";
    add(
        new Draft(
            key,
            transition.at(),
            by,
            Ids.rollout(rollout.id()),
            "transition",
            from + transition.to().label() + ": " + Texts.of(transition.cause()),
            evidence(rollout, transition, index)));
  }

  /** All steps of these rollouts that the log may lack. */
  void repair(Collection<Rollout> rollouts) {
    for (Rollout rollout : rollouts) {
      for (int i = 0; i < rollout.transitions().size(); i++) { // two steps can read alike
        transition(rollout, i);
      }
    }
  }

  /** Runs it when all that was told until now stands in the log. */
  void then(Runnable next) {
    Draft newest = drafts.peekLast();
    if (newest == null) {
      next.run();
    } else {
      after.merge(
          newest,
          next,
          (one, other) ->
              () -> {
                one.run();
                other.run();
              });
    }
  }

  private void done(Draft draft) {
    drafts.remove(draft);
    Runnable next = after.remove(draft);
    if (next != null) {
      next.run();
    }
  }

  /** Something else that is worth a line. */
  void note(String by, String about, String event, String text, JsonObject evidence) {
    add(new Draft("", context.now(), by, about, event, text, CanonicalJson.write(evidence)));
  }

  /** Who did it, as the log says it. */
  static String by(String name) {
    return name.startsWith("manager:") ? name : "operator:" + name;
  }

  /** Reads where the log ends; nothing is added before. */
  void begin() {
    written.addAll(read());
    isKnown = true;
    plan();
  }

  /** Which steps of rollouts the end of the log tells. */
  private Set<String> read() {
    Set<String> told = new HashSet<>();
    AuditEntry end = null;
    for (AuditEntry entry : context.ports().board().lastAudits(WINDOW)) {
      end = end == null || entry.number() > end.number() ? entry : end;
      if (entry.event().equals("transition")) {
        told.add(key(entry.about(), indexOf(entry.evidence())));
      }
    }
    last = end;
    return told;
  }

  private void add(Draft draft) {
    drafts.add(draft);
    plan();
  }

  private void plan() {
    if (isKnown && !isPlanned && !drafts.isEmpty()) {
      isPlanned = true;
      context.loop().whenIdle(() -> step.accept(this::append));
    }
  }

  /** Adds one line. */
  private void append() {
    isPlanned = false;
    Draft draft = drafts.peek();
    if (draft == null) {
      return;
    }
    try {
      AuditEntry entry = draft.after(last);
      context.mustBeActive();
      context.ports().board().append(entry);
      last = entry;
      done(draft);
      failures = 0;
      context.notices().fine("the audit log");
      plan();
    } catch (StaleException e) {
      readAndAppend();
    } catch (HubException e) {
      context.notices().trouble("the audit log", "the audit log waits: " + e.getMessage());
      isPlanned = true;
      Duration wait = RETRY.delay(failures++, context.random());
      context.loop().at(context.now().plus(wait), () -> step.accept(this::readAndAppend));
    }
  }

  private void readAndAppend() {
    isPlanned = false;
    Draft draft = drafts.peek();
    if (draft != null) {
      try {
        reread(draft);
      } catch (HubException e) {
        isPlanned = true;
        Duration wait = RETRY.delay(failures++, context.random());
        context.loop().at(context.now().plus(wait), () -> step.accept(this::readAndAppend));
      }
    }
  }

  /** An answer was lost, or somebody else has added lines: the log itself tells. */
  private void reread(Draft draft) {
    AuditEntry mine = draft.after(last);
    Set<String> told = read();
    if (mine.equals(last)) {
      done(draft);
    } else {
      Fences.check(context.ports().config().head(), epoch);
      List.copyOf(drafts).stream().filter(it -> told.contains(it.key())).forEach(this::done);
    }
    plan();
  }

  private static String evidence(Rollout rollout, Rollout.Transition transition, int index) {
    Rollout slim =
        rollout.toBuilder().progress(new TreeMap<>()).transitions(List.of(transition)).build();
    JsonObject evidence = new JsonObject();
    evidence.addProperty("step", index);
    JsonElement story = RolloutDocument.TYPE.write(slim).get("transitions");
    evidence.add("transition", story.getAsJsonArray().get(0));
    evidence.addProperty("patches", String.join(" ", rollout.patchIds()));
    return CanonicalJson.write(evidence);
  }

  private static String key(String about, int index) {
    return String.format(Locale.ROOT, "%s#%d", about, index);
  }

  private static int indexOf(String evidence) {
    try {
      return JsonParser.parseString(evidence).getAsJsonObject().get("step").getAsInt();
    } catch (JsonParseException | IllegalStateException | NullPointerException e) {
      return -1;
    }
  }
}
