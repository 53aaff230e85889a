package dev.jiggety.repository.couch;

import com.google.gson.JsonObject;
import dev.jiggety.couch.Change;
import dev.jiggety.couch.DatabaseInfo;
import dev.jiggety.couch.HubDatabase;
import dev.jiggety.couch.IdRange;
import dev.jiggety.couch.Outcome;
import dev.jiggety.document.AnswerDocument;
import dev.jiggety.document.DocumentException;
import dev.jiggety.document.Ids;
import dev.jiggety.document.RolloutDocument;
import dev.jiggety.model.CommandAnswer;
import dev.jiggety.model.Rollout;
import dev.jiggety.repository.PatchRepository.Listener;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Rollouts and answers to commands, from the database of patches. */
final class PatchSink implements FeedSink {
  private static final Logger LOG = System.getLogger(PatchSink.class.getName());
  private final Delivery<Listener> delivery;

  PatchSink(Delivery<Listener> delivery) {
    this.delivery = delivery;
  }

  @Override
  public Optional<Duration> retryMissing() {
    return Optional.empty();
  }

  @Override
  public Outcome<String> load(HubDatabase database, DatabaseInfo info) {
    IdRange answers =
        IdRange.startingWith(Ids.answer("")).backwards().limitedTo(CouchPatches.RECENT);
    return RolloutRows.newest(database, CouchPatches.RECENT, this::deliver)
        .then(count -> RolloutRows.open(database, this::deliver))
        .then(count -> database.eachRow(answers, row -> deliver(row.document())))
        .map(count -> info.updateSeq());
  }

  @Override
  public void changed(Change change) {
    if (!change.deleted()) {
      deliver(change.document());
    }
  }

  private void deliver(@Nullable JsonObject document) {
    if (document == null) {
      return;
    }
    String id = document.get("_id").getAsString();
    try {
      if (id.startsWith(Ids.rollout(""))) {
        Rollout rollout = RolloutDocument.TYPE.read(document);
        delivery.deliver(to -> to.rollout(rollout));
      } else if (id.startsWith(Ids.answer(""))) {
        CommandAnswer answer = AnswerDocument.TYPE.read(document);
        delivery.deliver(to -> to.answer(answer));
      }
    } catch (DocumentException e) {
      LOG.log(Level.WARNING, "{0} cannot be read: {1}", id, e.getMessage());
    }
  }
}
