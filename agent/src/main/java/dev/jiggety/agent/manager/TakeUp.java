package dev.jiggety.agent.manager;

import com.google.gson.JsonObject;
import dev.jiggety.document.Candidate;
import dev.jiggety.document.Contents;
import dev.jiggety.document.DocumentException;
import dev.jiggety.document.HeadDocument;
import dev.jiggety.document.Ids;
import dev.jiggety.document.KeyDocument;
import dev.jiggety.document.PatchDocument;
import dev.jiggety.model.Change;
import dev.jiggety.model.Configuration;
import dev.jiggety.model.Content;
import dev.jiggety.model.Head;
import dev.jiggety.model.HeadChange;
import dev.jiggety.model.TrustedKey;
import dev.jiggety.model.rules.Digests;
import dev.jiggety.model.rules.Heads;
import dev.jiggety.signing.Signatures;
import dev.jiggety.signing.Trust;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How a manager becomes the active one: it sees that what it finds can be believed and fits
 * together, and fences off whoever was active before.
 */
final class TakeUp {
  private static final int TRIES = 5;
  private static final String KEYS = Ids.key("");

  private final Context context;

  TakeUp(Context context) {
    this.context = context;
  }

  /**
   * What there is.
   *
   * @param head with this manager's epoch
   * @param configuration what is confirmed
   * @param isFirst whether it is the first head of the installation
   * @param before the epoch of the manager before; 0 for none
   */
  record Taken(Head head, Configuration configuration, boolean isFirst, long before) {}

  /**
   * Takes over.
   *
   * @param mine the epoch that this manager had written last; 0 where it was not active
   * @throws FencedException when another manager has taken over since
   * @throws HeldException when people have to mend something first
   * @throws dev.jiggety.repository.HubException when the hub cannot be asked now
   */
  Taken take(long mine) {
    for (int i = 0; i < TRIES; i++) {
      ConfigBoard.FoundHead found = found();
      Optional<Taken> taken = found.document() == null ? first(found) : over(found, mine);
      if (taken.isPresent()) {
        return taken.get();
      }
    }
    throw new HeldException("somebody else writes the head all the time");
  }

  /**
   * Keeps whom to believe while it is not this manager's turn, by a head that is newer than the
   * last one; writes nothing to the hub. The sooner the first sight, the less time somebody has to
   * be seen first.
   *
   * @throws HeldException when the head is not to be believed
   * @throws dev.jiggety.repository.HubException when the hub cannot be asked now
   */
  void look() {
    JsonObject document = found().document();
    if (document != null && context.beliefs().isNewer(read(document))) {
      Configuration configuration = fitting(read(document), context.ports().config().confirmed());
      Head head = context.beliefs().believed(document, () -> configuration);
      context.beliefs().keep(head, document, Trust.in(configuration));
    }
  }

  private ConfigBoard.FoundHead found() {
    ConfigBoard.FoundHead found = context.ports().config().head();
    context.beliefs().at(found.hub(), context.now());
    return found;
  }

  private Optional<Taken> first(ConfigBoard.FoundHead none) {
    context.beliefs().mustBeNew();
    Configuration found = context.ports().config().confirmed();
    SortedMap<String, Content> documents = new TreeMap<>(found.documents());
    dropKeys(documents); // anybody may have put them there
    for (TrustedKey key : context.beliefs().trusted()) {
      documents.put(Ids.key(key.id()), Contents.of(KeyDocument.TYPE.write(key)));
    }
    TrustedKey own = context.key().trusted();
    documents.put(Ids.key(own.id()), Contents.of(KeyDocument.TYPE.write(own)));
    Configuration configuration = new Configuration(documents);
    if (Trust.in(configuration).isWithout(TrustedKey.Role.OPERATOR)) {
      throw new HeldException(
          "nobody could sign a patch here: start the manager with --trust and a file of the"
              + " operators' public keys");
    }
    context.mustBeActive();
    context.ports().config().confirm(configuration);
    Head head = Heads.first(Digests.of(configuration), 1, context.now(), HeadWriter.terms(0));
    return swapped(none, head)
        ? Optional.of(new Taken(head, configuration, true, 0))
        : Optional.empty();
  }

  private void dropKeys(SortedMap<String, Content> documents) {
    List<String> keys = documents.keySet().stream().filter(id -> id.startsWith(KEYS)).toList();
    for (String id : keys) {
      documents.remove(id);
    }
    if (!keys.isEmpty()) {
      context
          .notices()
          .info("keys that nobody named with --trust are dropped: " + String.join(", ", keys));
    }
  }

  private Optional<Taken> over(ConfigBoard.FoundHead found, long mine) {
    JsonObject document = found.document();
    if (document == null) {
      return Optional.empty();
    }
    if (mine > 0) {
      Fences.check(found, mine);
    }
    Configuration confirmed = context.ports().config().confirmed();
    Head claimed = read(document);
    Head head = context.beliefs().believed(document, () -> fitting(claimed, confirmed));
    Configuration configuration = fitting(claimed, confirmed);
    Trust trust = Trust.in(configuration);
    TrustedKey own = context.key().trusted();
    if (!trust.find(own.id()).filter(own::equals).isPresent()) {
      throw new HeldException(
          ("nodes do not believe this manager: its key %s is not in force; put it in force by a"
                  + " patch that the other manager carries out")
              .formatted(own.id()));
    }
    Heads.Outcome outcome =
        Heads.next(
            head,
            found.conflicting(),
            new HeadChange.TakeOver(),
            context.beliefs().next(head),
            context.now(),
            new Heads.Terms(HeadWriter.LIFETIME, head.reportWithin()));
    if (!(outcome instanceof Heads.Write write)) {
      throw new HeldException(((Heads.Refused) outcome).text());
    }
    context.mustBeActive();
    context.beliefs().keep(head, document, trust); // what cannot be kept is not built upon
    if (!swapped(found, write.head())) {
      return Optional.empty();
    }
    if (!configuration.equals(confirmed)) {
      context.mustBeActive();
      context.ports().config().confirm(configuration);
    }
    return Optional.of(new Taken(write.head(), configuration, false, head.epoch()));
  }

  private static Head read(JsonObject document) {
    try {
      return HeadDocument.TYPE.read(document);
    } catch (DocumentException e) {
      throw new HeldException("the head cannot be read: " + e.getMessage());
    }
  }

  private boolean swapped(ConfigBoard.FoundHead found, Head next) {
    context.mustBeActive();
    return context
        .ports()
        .config()
        .swap(Signatures.sign(HeadDocument.TYPE.write(next), context.key()), found);
  }

  /**
   * The configuration that should be confirmed: the confirmed documents, or those with the last
   * candidate, where confirming it was cut.
   */
  private Configuration fitting(Head head, Configuration confirmed) {
    String wanted = confirmedDigest(head);
    if (Digests.of(confirmed).equals(wanted)) {
      return confirmed;
    }
    Candidate candidate = context.ports().config().candidate();
    if (candidate == null) {
      throw differing(head, confirmed, Optional.empty());
    }
    Optional<Configuration> with = with(confirmed, candidate);
    return with.filter(it -> Digests.of(it).equals(wanted))
        .orElseThrow(() -> differing(head, confirmed, with));
  }

  /** While a wave swaps, what was in force before is what is confirmed. */
  private static String confirmedDigest(Head head) {
    return head.phase() == Head.Phase.PROMOTING && head.previous() != null
        ? head.previous().digest()
        : head.digest();
  }

  private static Optional<Configuration> with(Configuration confirmed, Candidate candidate) {
    List<Change> changes = new ArrayList<>();
    try {
      for (JsonObject document : candidate.patches()) {
        changes.addAll(PatchDocument.TYPE.read(document).changes());
      }
    } catch (DocumentException e) {
      return Optional.empty();
    }
    return Digests.apply(confirmed, changes) instanceof Digests.Done done
        ? Optional.of(done.configuration())
        : Optional.empty();
  }

  private HeldException differing(
      Head head, Configuration confirmed, Optional<Configuration> with) {
    SortedMap<String, Digests.Difference> differences =
        with.map(it -> Digests.differences(confirmed, it)).orElseGet(TreeMap::new);
    return new HeldException(
        ("the documents of the configuration are not what the head of %s says%s; bring back those"
                + " that were changed without a patch; nothing is carried out until then")
            .formatted(
                head.active().ride().isEmpty() ? "the beginning" : head.active().ride(),
                differences.isEmpty() ? "" : " (" + String.join(", ", differences.keySet()) + ")"));
  }
}
