package dev.jiggety.repository;

import dev.jiggety.document.Stored;
import dev.jiggety.model.Notice;
import dev.jiggety.model.NoticeRequest;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Who was told, and what people ask of the one who tells. Safe for any thread; throws {@link
 * HubException} when the hub cannot be asked.
 */
public interface NoticeRepository {

  /** Those that were due from one time up to another, in the order of their times. */
  List<Stored<Notice>> between(Instant from, Instant to);

  /** One of them. */
  Optional<Stored<Notice>> find(String id);

  /**
   * Stores new ones; for the active manager.
   *
   * @return those that were not there before; what is there, in whatever state, stays as it is
   */
  List<Stored<Notice>> create(List<Notice> notices);

  /**
   * Stores a change; for the active manager.
   *
   * @return it as it stands now; empty when somebody else has changed it meanwhile
   */
  Optional<Stored<Notice>> store(Notice notice, Stored<Notice> before);

  /** Asks for something; asking for the same again changes nothing. */
  void request(NoticeRequest request);

  /**
   * Follows notices and requests: notices due since then and all requests, then every change.
   * Things can be told twice, never left out.
   */
  HubFeed.Subscription follow(Instant since, Listener listener);

  /** What is told. One call at a time for each method. */
  interface Listener {
    /** A notice is new or has changed. */
    void notice(Stored<Notice> notice);

    /** Somebody asks for something. */
    void request(NoticeRequest request);

    /** The connection came, or was lost; when it comes first, all that is there has been told. */
    void connection(HubFeed.Connection connection);
  }
}
