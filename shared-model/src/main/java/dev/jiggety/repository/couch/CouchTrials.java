package dev.jiggety.repository.couch;

import com.google.gson.JsonObject;
import dev.jiggety.couch.Change;
import dev.jiggety.couch.ChangesFilter;
import dev.jiggety.couch.DatabaseInfo;
import dev.jiggety.couch.Hub;
import dev.jiggety.couch.HubDatabase;
import dev.jiggety.couch.IdRange;
import dev.jiggety.couch.Outcome;
import dev.jiggety.document.DatabaseNames;
import dev.jiggety.document.DocumentException;
import dev.jiggety.document.Ids;
import dev.jiggety.document.TrialAnswerDocument;
import dev.jiggety.document.TrialDocument;
import dev.jiggety.model.TrialAnswer;
import dev.jiggety.model.TrialRequest;
import dev.jiggety.repository.HubException;
import dev.jiggety.repository.HubFeed;
import dev.jiggety.repository.TrialRepository;
import dev.jiggety.signing.Signatures;
import dev.jiggety.signing.SigningKey;
import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Requests in the database of patches, answers in that of what everybody says of himself. */
final class CouchTrials implements TrialRepository {
  private static final Logger LOG = System.getLogger(CouchTrials.class.getName());

  private final Hub hub;
  private final DatabaseNames names;
  private final HubDatabase patches;
  private final HubDatabase status;

  CouchTrials(Hub hub, DatabaseNames names) {
    this.hub = hub;
    this.names = names;
    this.patches = hub.database(names.patches());
    this.status = hub.database(names.status());
  }

  @Override
  public void ask(TrialRequest request, SigningKey key) {
    if (!request.by().equals(key.trusted().name())) {
      throw new IllegalArgumentException(
          "the trial is by \"%s\" and the key by \"%s\"; sign with a key of your own"
              .formatted(request.by(), key.trusted().name()));
    }
    JsonObject signed = Signatures.sign(TrialDocument.TYPE.write(request), key);
    once(patches, signed, "ask for the trial " + request.id());
  }

  @Override
  public void answer(TrialAnswer answer) {
    String what = "answer the trial " + answer.request();
    JsonObject document = TrialAnswerDocument.TYPE.write(answer);
    Outcome<String> put = status.put(document);
    if (!put.isOk()) {
      // A conflict; or no answer; or a rule that nothing is changed, where rules are asked first.
      Outcome<JsonObject> found = status.get(document.get("_id").getAsString());
      if (!found.isOk()) {
        throw Answers.failure(put, status, what);
      }
    }
  }

  private void once(HubDatabase database, JsonObject document, String what) {
    if (!Once.put(database, document, what)) {
      throw new HubException(
          HubException.Kind.REFUSED,
          "cannot %s: the hub %s has another one of that id; take another id"
              .formatted(what, hub.address()));
    }
  }

  @Override
  public List<TrialAnswer> answers(String requestId) {
    List<TrialAnswer> answers = new ArrayList<>();
    Answers.value(
        read(status, requestId, answers::add), status, "read the answers to " + requestId);
    return List.copyOf(answers);
  }

  @Override
  public HubFeed.Subscription follow(String requestId, Listener listener) {
    var delivery = new Delivery<>(hub.address(), listener, Listener::connection, 1);
    var subject =
        new FeedPart.Subject(
            "trial",
            names::status,
            new Sink(requestId, delivery),
            Duration.ZERO,
            ChangesFilter.ofTypes(TrialAnswerDocument.TYPE.type()),
            true);
    return FeedPart.follow(hub, delivery, subject);
  }

  @Override
  public Optional<byte[]> picture(String requestId, String node, String name) {
    String id = Ids.trialAnswer(requestId, node);
    Optional<JsonObject> document = Answers.find(status, id, "read " + id);
    if (document.isEmpty()) {
      return Optional.empty();
    }
    String rev = document.get().get("_rev").getAsString();
    Outcome<InputStream> found = status.attachments().read(id, rev, name);
    if (found instanceof Outcome.Missing<InputStream>) {
      return Optional.empty();
    }
    try (InputStream in = Answers.value(found, status, "read the picture " + name)) {
      return Optional.of(in.readAllBytes());
    } catch (IOException e) {
      throw new HubException(
          HubException.Kind.UNAVAILABLE, "the picture " + name + " did not come: " + e);
    }
  }

  private static Outcome<Integer> read(
      HubDatabase status, String requestId, Consumer<TrialAnswer> consumer) {
    return status.eachRow(
        IdRange.startingWith(Ids.trialAnswers(requestId)),
        row -> answer(requestId, row.document()).ifPresent(consumer));
  }

  private static Optional<TrialAnswer> answer(String requestId, @Nullable JsonObject document) {
    if (document == null
        || !document.has("_id")
        || !document.get("_id").getAsString().startsWith(Ids.trialAnswers(requestId))) {
      return Optional.empty();
    }
    try {
      return Optional.of(TrialAnswerDocument.TYPE.read(document))
          .filter(answer -> answer.request().equals(requestId));
    } catch (DocumentException e) {
      LOG.log(Level.WARNING, "left out an answer to {0}: {1}", requestId, e.getMessage());
      return Optional.empty();
    }
  }

  private record Sink(String requestId, Delivery<Listener> delivery) implements FeedSink {
    @Override
    public Optional<Duration> retryMissing() {
      return Optional.empty();
    }

    @Override
    public Outcome<String> load(HubDatabase database, DatabaseInfo info) {
      return read(database, requestId, this::tell).map(count -> info.updateSeq());
    }

    @Override
    public void changed(Change change) {
      if (!change.deleted()) {
        answer(requestId, change.document()).ifPresent(this::tell);
      }
    }

    private void tell(TrialAnswer answer) {
      delivery.deliver(to -> to.answer(answer));
    }
  }
}
