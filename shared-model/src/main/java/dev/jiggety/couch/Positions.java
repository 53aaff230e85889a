package dev.jiggety.couch;

import java.util.List;

/**
 * Sequences of several hubs, told apart: one hub's says nothing at another one. Where there is one
 * hub they are left as they are. Otherwise each carries which hub it is of, and so does the
 * incarnation of a database; a question from a position of another hub gets no answer, and whoever
 * asks begins anew as with a database that was made anew.
 *
 * @param isMarking whether there are several hubs
 */
record Positions(boolean isMarking) {
  static final char END = '~';

  /** A description of a database whose sequence and incarnation are that hub's. */
  DatabaseInfo mark(DatabaseInfo info, HubAddress hub) {
    return isMarking
        ? new DatabaseInfo(
            info.name(),
            mark(info.updateSeq(), hub),
            mark(info.instanceStartTime(), hub),
            info.documents(),
            info.deleted(),
            info.raw())
        : info;
  }

  /** An answer whose sequences are that hub's. */
  Changes mark(Changes changes, HubAddress hub) {
    if (!isMarking) {
      return changes;
    }
    List<Change> rows = changes.results().stream().map(row -> mark(row, hub)).toList();
    return new Changes(rows, mark(changes.lastSeq(), hub), changes.pending());
  }

  /** A sequence that is that hub's. */
  String mark(String seq, HubAddress hub) {
    return isMarking && !seq.isEmpty() ? name(hub) + END + seq : seq;
  }

  private Change mark(Change row, HubAddress hub) {
    return new Change(mark(row.seq(), hub), row.id(), row.revs(), row.deleted(), row.document());
  }

  /** A question as that hub understands it; none where it is from a position of another one. */
  Outcome<ChangesRequest> here(ChangesRequest request, HubAddress hub) {
    int end = request.since().indexOf(END);
    if (end < 0) {
      return new Outcome.Ok<>(request);
    }
    return request.since().substring(0, end).equals(name(hub))
        ? new Outcome.Ok<>(request.from(request.since().substring(end + 1)))
        : new Outcome.Unavailable<>("another hub is used now: " + hub);
  }

  /** Who hears a feed of that hub. */
  FeedListener marking(FeedListener listener, HubAddress hub) {
    return isMarking ? new Marking(listener, hub) : listener;
  }

  private static String name(HubAddress hub) {
    return Integer.toHexString(hub.base().hashCode());
  }

  private final class Marking implements FeedListener {
    private final FeedListener listener;
    private final HubAddress hub;

    Marking(FeedListener listener, HubAddress hub) {
      this.listener = listener;
      this.hub = hub;
    }

    @Override
    public void connected() {
      listener.connected();
    }

    @Override
    public void heartbeat() {
      listener.heartbeat();
    }

    @Override
    public void change(Change change) {
      listener.change(mark(change, hub));
    }

    @Override
    public int longestRow() {
      return listener.longestRow();
    }

    @Override
    public void oversized(String beginning) {
      listener.oversized(beginning);
    }
  }
}
