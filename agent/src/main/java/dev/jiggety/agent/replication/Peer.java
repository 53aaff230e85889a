package dev.jiggety.agent.replication;

import com.google.gson.JsonObject;
import dev.jiggety.agent.store.MissingRevisions;
import dev.jiggety.agent.store.Revision;
import dev.jiggety.couch.ChangesFilter;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One end of a replication. All methods may block and may be called from several threads at a time;
 * each throws {@link PeerException} when the database cannot be reached, refuses us or is not
 * there. An interrupt makes a blocked call end soon, with a {@code PeerException}.
 *
 * <p>The steps are those of CouchDB's replication protocol
 * (docs.couchdb.org/en/stable/replication/protocol.html).
 */
public interface Peer {

  /**
   * A name of the database that stays the same over restarts and differs from that of any other:
   * the store's uuid, or the URL. Without credentials; fit for a log.
   */
  String identity();

  /** Whether the database is there, and which incarnation of it. */
  PeerInfo info();

  /**
   * A local document, which is never replicated.
   *
   * @param id without {@code _local/}
   */
  Optional<JsonObject> local(String id);

  /**
   * Stores a local document, durably.
   *
   * @param document with the {@code _rev} that it had when it was read, or without if there was
   *     none
   * @return its new {@code _rev}
   * @throws PeerException CONFLICT when somebody else has stored it meanwhile
   */
  String putLocal(String id, JsonObject document);

  /**
   * The source text of the function that this filter names; empty for filters without one.
   *
   * @throws PeerException MISSING when there is no such function
   */
  String filterCode(ChangesFilter filter);

  /** Changes in the order of the feed; all leaves of each document ({@code style=all_docs}). */
  ChangesPage changes(ChangesRequest request);

  /** Of these revisions, those that this database lacks; complete documents are left out. */
  Map<String, MissingRevisions> revsDiff(Map<String, List<Revision>> revisions);

  /**
   * Documents with history ({@code _revisions}) and with the contents of their attachments. Where a
   * revision has been replaced meanwhile, the leaves that grew out of it come instead ({@code
   * latest=true}).
   *
   * @param maxBytes a peer that can tell stops after so many bytes of JSON and gives back the
   *     {@link Fetched#rest}; it gives one document at least
   */
  Fetched fetch(List<WantedRevisions> wanted, long maxBytes);

  /**
   * Stores revisions as they are ({@code new_edits=false}); durable when this returns. Revisions
   * that are there already change nothing.
   */
  StoreAnswer store(List<WireDocument> documents);
}
