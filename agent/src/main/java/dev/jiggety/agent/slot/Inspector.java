package dev.jiggety.agent.slot;

import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import dev.jiggety.agent.slot.SlotState.Proposal;
import dev.jiggety.base.Problem;
import dev.jiggety.document.Candidate;
import dev.jiggety.document.CandidateDocument;
import dev.jiggety.document.DocumentException;
import dev.jiggety.document.HeadDocument;
import dev.jiggety.document.PatchDocument;
import dev.jiggety.model.Change;
import dev.jiggety.model.Head;
import dev.jiggety.model.TrustedKey;
import dev.jiggety.model.TrustedKey.Role;
import dev.jiggety.model.rules.ReleaseRules;
import dev.jiggety.signing.Flaw;
import dev.jiggety.signing.SignatureException;
import dev.jiggety.signing.Signatures;
import dev.jiggety.signing.Trust;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.BiFunction;

/**
 * Looks at what the hub shows: who signed it, and what it says. Safe for any thread; many nodes in
 * one process can share one, which then does the work once for all of them.
 */
public final class Inspector {
  private static final int MOST_REMEMBERED = 64;

  private final ConcurrentMap<Seen, SlotEvent> seen = new ConcurrentHashMap<>();

  private record Seen(JsonObject document, Trust trust) {}

  /** The event that the head document makes. */
  public SlotEvent head(JsonObject document, Trust trust) {
    return remembered(document, trust, Inspector::inspectHead);
  }

  /** The event that the candidate document makes. */
  public SlotEvent candidate(JsonObject document, Trust trust) {
    return remembered(document, trust, Inspector::inspectCandidate);
  }

  private SlotEvent remembered(
      JsonObject document, Trust trust, BiFunction<JsonObject, Trust, SlotEvent> inspect) {
    if (seen.size() > MOST_REMEMBERED) {
      seen.clear();
    }
    return seen.computeIfAbsent(
        new Seen(document, trust), it -> inspect.apply(it.document(), it.trust()));
  }

  private static SlotEvent inspectHead(JsonObject document, Trust trust) {
    try {
      Signatures.check(document, trust, Role.MANAGER);
      Head head = HeadDocument.TYPE.read(document);
      String lack = lack(head);
      return lack.isEmpty()
          ? new SlotEvent.HeadOffered(head, document)
          : malformed(SlotState.HEAD, "the head " + head.version() + " " + lack);
    } catch (SignatureException e) {
      return unbelievable(SlotState.HEAD, e);
    } catch (DocumentException | JsonParseException | IllegalStateException e) {
      return malformed(SlotState.HEAD, "the head cannot be read: " + e.getMessage());
    }
  }

  /** What a head of its phase must say. */
  private static String lack(Head head) {
    return switch (head.phase()) {
      case STEADY -> "";
      case TRIAL -> head.candidate() == null || head.reach() == null ? "tries nothing" : "";
      case PROMOTING ->
          head.previous() == null || head.reach() == null || head.confirmWithin() == null
              ? "does not say what was before, who is meant, or how long to wait"
              : "";
    };
  }

  private static SlotEvent inspectCandidate(JsonObject document, Trust trust) {
    try {
      Candidate candidate = CandidateDocument.TYPE.read(document);
      List<Change> changes = new ArrayList<>();
      for (JsonObject patch : candidate.patches()) {
        TrustedKey signer = Signatures.checkPatch(patch, trust);
        List<Change> its = PatchDocument.TYPE.read(patch).changes();
        Problem problem = ReleaseRules.signer(signer, its).orElse(null);
        if (problem != null) {
          return new SlotEvent.Unbelievable(
              SlotState.CANDIDATE, Refusal.of(Flaw.WRONG_ROLE), problem.toString());
        }
        changes.addAll(its);
      }
      return new SlotEvent.CandidateOffered(new Proposal(candidate.ride(), changes));
    } catch (SignatureException e) {
      return unbelievable(SlotState.CANDIDATE, e);
    } catch (DocumentException | JsonParseException | IllegalStateException e) {
      return malformed(SlotState.CANDIDATE, "the candidate cannot be read: " + e.getMessage());
    }
  }

  private static SlotEvent unbelievable(String document, SignatureException e) {
    return new SlotEvent.Unbelievable(
        document, Refusal.of(e.flaw()), String.valueOf(e.getMessage()));
  }

  private static SlotEvent malformed(String document, String text) {
    return new SlotEvent.Unbelievable(document, Refusal.MALFORMED, text);
  }
}
