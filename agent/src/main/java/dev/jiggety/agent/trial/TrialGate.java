package dev.jiggety.agent.trial;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.jiggety.base.Problem;
import dev.jiggety.document.DocumentException;
import dev.jiggety.document.TrialDocument;
import dev.jiggety.model.TrialRefusal;
import dev.jiggety.model.TrialRequest;
import dev.jiggety.model.TrustedKey;
import dev.jiggety.model.rules.TrialRules;
import dev.jiggety.signing.SignatureException;
import dev.jiggety.signing.Signatures;
import dev.jiggety.signing.Trust;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Whether a request is believed, and run: the same for the manager and for nodes, so that a hub
 * that was taken over, or a manager, cannot make a node run anything. Safe for any thread.
 */
public final class TrialGate {
  /** So many are remembered until they expire; more at a time are refused. */
  private static final int MOST = 500;

  private final Instant since;
  private final Map<String, Instant> admitted = new HashMap<>();

  /** What is decided of a request. */
  public sealed interface Decision {
    /** It is to be run, this once. */
    record Admitted(TrialRequest request) implements Decision {}

    /**
     * It is not.
     *
     * @param why in a word
     * @param text one line for people
     */
    record Refused(TrialRefusal why, String text) implements Decision {}
  }

  /**
   * A gate that has let nobody in yet.
   *
   * @param since what was asked before is refused: who began then cannot know whether it was run
   */
  public TrialGate(Instant since) {
    this.since = since;
  }

  /**
   * Decides of a request; an admitted one is admitted once.
   *
   * @param document as it came, signature and all
   * @param trust whose keys are believed
   * @param now by the own clock, which no hub can turn
   */
  public synchronized Decision check(JsonObject document, Trust trust, Instant now) {
    if (document.toString().length() > TrialRules.LARGEST) {
      return refused(
          TrialRefusal.OVERSIZED,
          "the request has more than " + TrialRules.LARGEST + " characters");
    }
    TrialRequest request;
    try {
      Signatures.check(document, trust, TrustedKey.Role.OPERATOR);
      request = TrialDocument.TYPE.read(document);
    } catch (SignatureException e) {
      return refused(of(e), String.valueOf(e.getMessage()));
    } catch (DocumentException e) {
      return refused(TrialRefusal.MALFORMED, String.valueOf(e.getMessage()));
    }
    List<Problem> problems = TrialRules.problems(request);
    if (!problems.isEmpty()) {
      return refused(TrialRefusal.WRONG_TEST, problems.getFirst().toString());
    }
    if (TrialRules.isTooLong(request)) {
      return refused(
          TrialRefusal.TOO_LONG,
          "the request would be good for more than " + TrialRules.LONGEST.toMinutes() + " min");
    }
    admitted.values().removeIf(expires -> !expires.isAfter(now));
    if (!request.expires().isAfter(now)) {
      return refused(
          TrialRefusal.EXPIRED,
          "the request expired %s s ago by the clock here, which says %s"
              .formatted(Duration.between(request.expires(), now).toSeconds(), now));
    }
    if (request.created().isAfter(now.plus(TrialRules.USUAL))) {
      // Else it would be good for longer, and a node that is started anew would take it again.
      return refused(
          TrialRefusal.TOO_LONG,
          "the request was made %s s from now by the clock here, which says %s; is a clock wrong?"
              .formatted(Duration.between(now, request.created()).toSeconds(), now));
    }
    if (request.created().isBefore(since)) {
      return refused(TrialRefusal.FROM_BEFORE, "it was asked before this program began; ask again");
    }
    if (admitted.containsKey(request.id())) {
      return refused(TrialRefusal.REPLAYED, "the request " + request.id() + " was taken already");
    }
    if (admitted.size() >= MOST) {
      return refused(TrialRefusal.BUSY, "too many requests at a time; ask again in a minute");
    }
    admitted.put(request.id(), request.expires());
    return new Decision.Admitted(request);
  }

  /** The id that a request says it has; empty where it says none. */
  static String idOf(JsonObject document) {
    JsonElement id = document.get("_id");
    String text = id != null && id.isJsonPrimitive() ? id.getAsString() : "";
    String rest = text.startsWith("trial:") ? text.substring("trial:".length()) : "";
    return TrialRules.ID.matcher(rest).matches() ? rest : "";
  }

  private static Decision refused(TrialRefusal why, String text) {
    return new Decision.Refused(why, text);
  }

  private static TrialRefusal of(SignatureException e) {
    return switch (e.flaw()) {
      case UNSIGNED -> TrialRefusal.UNSIGNED;
      case MALFORMED -> TrialRefusal.MALFORMED;
      case UNKNOWN_KEY -> TrialRefusal.UNKNOWN_KEY;
      case WRONG_ROLE -> TrialRefusal.WRONG_ROLE;
      case WRONG_NAME -> TrialRefusal.WRONG_NAME;
      case TAMPERED -> TrialRefusal.TAMPERED;
    };
  }
}
