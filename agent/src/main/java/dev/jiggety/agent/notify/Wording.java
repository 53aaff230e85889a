package dev.jiggety.agent.notify;

import dev.jiggety.document.Stored;
import dev.jiggety.model.Incident;
import dev.jiggety.model.Notice;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/** Puts notices into words, by what stands on the board; what does not is asked of the hub. */
final class Wording implements Clerk.Words {
  private final Board board;
  private final Sources sources;
  private final Term term;

  Wording(Board board, Sources sources, Term term) {
    this.board = board;
    this.sources = sources;
    this.term = term;
  }

  @Override
  public Message of(Notice notice) {
    Map<String, Incident> incidents = new HashMap<>();
    Map<String, String> names = new HashMap<>();
    ReentrantLock lock = board.lock();
    lock.lock();
    try {
      for (Notice.Item item : notice.items()) {
        board
            .picture()
            .incident(item.incident())
            .ifPresent(incident -> {
              incidents.put(incident.id(), incident);
              names.put(incident.subject(), board.picture().nameOf(incident.subject()));
            });
      }
    } finally {
      lock.unlock();
    }
    return new Composer(
            id ->
                Optional.ofNullable(incidents.get(id))
                    .or(() -> sources.incidents().find(id).map(Stored::value)),
            test -> names.getOrDefault(test, test),
            sources::response)
        .compose(notice, term.now());
  }
}
