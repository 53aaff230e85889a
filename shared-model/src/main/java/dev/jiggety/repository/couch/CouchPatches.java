package dev.jiggety.repository.couch;

import com.google.gson.JsonObject;
import dev.jiggety.couch.ChangesFilter;
import dev.jiggety.couch.Hub;
import dev.jiggety.couch.HubDatabase;
import dev.jiggety.couch.IdRange;
import dev.jiggety.couch.Outcome;
import dev.jiggety.document.AnswerDocument;
import dev.jiggety.document.AuditDocument;
import dev.jiggety.document.Before;
import dev.jiggety.document.BeforeDocument;
import dev.jiggety.document.CommandDocument;
import dev.jiggety.document.Contents;
import dev.jiggety.document.DatabaseNames;
import dev.jiggety.document.DocumentException;
import dev.jiggety.document.DocumentType;
import dev.jiggety.document.HeadDocument;
import dev.jiggety.document.Ids;
import dev.jiggety.document.PatchDocument;
import dev.jiggety.document.RolloutDocument;
import dev.jiggety.model.AuditEntry;
import dev.jiggety.model.CommandAnswer;
import dev.jiggety.model.Configuration;
import dev.jiggety.model.Content;
import dev.jiggety.model.Head;
import dev.jiggety.model.OperatorCommand;
import dev.jiggety.model.Patch;
import dev.jiggety.model.Rollout;
import dev.jiggety.repository.HubException;
import dev.jiggety.repository.HubFeed;
import dev.jiggety.repository.PatchRepository;
import dev.jiggety.signing.Signatures;
import dev.jiggety.signing.SigningKey;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Patches in the database of patches, and what is in force in that of the configuration. */
final class CouchPatches implements PatchRepository {
  /** So many ended rollouts, and answers, are told to who begins to follow. */
  static final int RECENT = 100;

  private static final Logger LOG = System.getLogger(CouchPatches.class.getName());
  private static final String AUDIT = "audit:";

  private final Hub hub;
  private final DatabaseNames names;
  private final HubDatabase patches;
  private final HubDatabase config;

  CouchPatches(Hub hub, DatabaseNames names) {
    this.hub = hub;
    this.names = names;
    this.patches = hub.database(names.patches());
    this.config = hub.database(names.config());
  }

  @Override
  public void submit(Patch patch, SigningKey key) {
    requireName(patch.author(), key, "patch " + patch.id());
    handIn(PatchDocument.TYPE.write(patch), key, "hand in the patch " + patch.id());
  }

  @Override
  public void command(OperatorCommand command, SigningKey key) {
    requireName(command.by(), key, "command " + command.id());
    handIn(CommandDocument.TYPE.write(command), key, "hand in the command " + command.id());
  }

  private void handIn(JsonObject document, SigningKey key, String what) {
    if (!Once.put(patches, Signatures.sign(document, key), what)) {
      throw new HubException(
          HubException.Kind.REFUSED,
          "cannot %s: the hub %s has another one of that id; take another id"
              .formatted(what, hub.address()));
    }
  }

  private static void requireName(String author, SigningKey key, String what) {
    if (!author.equals(key.trusted().name())) {
      throw new IllegalArgumentException(
          "the %s is by \"%s\" and the key by \"%s\"; sign with a key of your own"
              .formatted(what, author, key.trusted().name()));
    }
  }

  @Override
  public Optional<Patch> find(String patchId) {
    return document(patches, Ids.patch(patchId), PatchDocument.TYPE);
  }

  @Override
  public List<Rollout> rollouts(int most) {
    List<Rollout> rollouts = new ArrayList<>();
    Outcome<Integer> read =
        RolloutRows.newest(
            patches,
            most,
            document -> {
              try {
                rollouts.add(RolloutDocument.TYPE.read(document));
              } catch (DocumentException e) {
                LOG.log(Level.WARNING, "left out a rollout: {0}", e.getMessage());
              }
            });
    Answers.value(read, patches, "read the rollouts");
    return List.copyOf(rollouts);
  }

  @Override
  public Optional<Rollout> rollout(String rolloutId) {
    return document(patches, Ids.rollout(rolloutId), RolloutDocument.TYPE);
  }

  @Override
  public Optional<CommandAnswer> answer(String commandId) {
    return document(patches, Ids.answer(commandId), AnswerDocument.TYPE);
  }

  @Override
  public Optional<Head> head() {
    return document(config, Ids.head(), HeadDocument.TYPE);
  }

  @Override
  public Configuration inForce() {
    SortedMap<String, Content> documents = new TreeMap<>();
    Outcome<Integer> read =
        config.eachRow(
            IdRange.startingWith(""),
            row -> {
              if (row.document() != null && Ids.isOfConfiguration(row.id())) {
                documents.put(row.id(), Contents.of(row.document()));
              }
            });
    Answers.value(read, config, "read what is in force");
    return new Configuration(documents);
  }

  @Override
  public Optional<Configuration> before(String rolloutId) {
    return document(patches, Ids.before(rolloutId), BeforeDocument.TYPE).map(Before::contents);
  }

  @Override
  public void audit(long from, Consumer<AuditEntry> consumer) {
    IdRange range = IdRange.between(Ids.audit(from), IdRange.startingWith(AUDIT).to());
    Outcome<Integer> read =
        patches.eachRow(
            range,
            row -> {
              if (row.document() != null) {
                consumer.accept(Answers.read(AuditDocument.TYPE, row.document(), patches));
              }
            });
    Answers.value(read, patches, "read the audit log");
  }

  @Override
  public HubFeed.Subscription follow(Listener listener) {
    var delivery = new Delivery<>(hub.address(), listener, Listener::connection, 2);
    var records =
        new FeedPart.Subject(
            "patches",
            names::patches,
            new PatchSink(delivery),
            Duration.ZERO,
            ChangesFilter.ofTypes(RolloutDocument.TYPE.type(), AnswerDocument.TYPE.type()),
            true);
    var head =
        new FeedPart.Subject(
            "head",
            names::config,
            new HeadSink(delivery),
            Duration.ZERO,
            new ChangesFilter.DocIds(List.of(Ids.head())),
            false);
    return FeedPart.follow(hub, delivery, records, head);
  }

  private static <T> Optional<T> document(HubDatabase database, String id, DocumentType<T> type) {
    return Answers.find(database, id, "read " + id)
        .map(document -> Answers.read(type, document, database));
  }
}
