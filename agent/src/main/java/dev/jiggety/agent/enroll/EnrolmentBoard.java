package dev.jiggety.agent.enroll;

import com.google.gson.JsonObject;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Where the manager finds what is asked, and says what became of it. Each call but {@link #follow}
 * asks the hub and throws {@link dev.jiggety.repository.HubException} when it cannot. Safe for any
 * thread.
 */
public interface EnrolmentBoard {

  /**
   * Tells the ids of all documents that are there, and of each one that changes; some more than
   * once.
   *
   * @param lost hears why the hub is not heard; an empty text when it is again
   * @return ends it
   */
  AutoCloseable follow(Consumer<String> ids, Consumer<String> lost);

  /** Those of these documents that are there now, by id, with their revisions. */
  Map<String, JsonObject> read(Collection<String> ids);

  /** All documents whose ids begin so. */
  List<JsonObject> all(String prefix);

  /**
   * Writes a document; a new one where it has no revision.
   *
   * @return false where another one stands there by now
   */
  boolean put(JsonObject document);

  /** Removes a document that is to be forgotten; nothing happens where it has changed. */
  void remove(JsonObject document);

  /**
   * Makes an account. Nothing happens where it is there already, of that invitation.
   *
   * @return false where somebody else has that name
   */
  boolean make(Account account);

  /** Takes the account of a node or a guest away, and with it its sessions; nobody else's. */
  void take(String name);

  /** All accounts that came of invitations. */
  List<Account> accounts();
}
