package dev.jiggety.repository;

import dev.jiggety.model.LogExcerpt;
import java.util.Optional;

/**
 * The last log lines of nodes and managers. Throws {@link HubException} when the hub cannot be
 * asked.
 */
public interface LogRepository {

  /**
   * The last lines of a node or a manager; where both bear the name, the node's.
   *
   * @param name of the node or the manager
   */
  Optional<LogExcerpt> find(String name);

  /** Writes a part's own lines, over what stood there. */
  void report(LogExcerpt log);
}
