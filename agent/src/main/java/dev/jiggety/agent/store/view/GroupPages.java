package dev.jiggety.agent.store.view;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import dev.jiggety.agent.store.collation.Collation;
import dev.jiggety.agent.store.view.ViewIndex.Group;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Queue;

/** Reductions by group, made some at a time; in between nothing is open. For one thread. */
final class GroupPages implements Iterator<Group> {
  private static final int PAGE = 512;

  private final SqliteViewIndex index;
  private final int view;
  private final int level;
  private final boolean descending;
  private final Queue<Group> page = new ArrayDeque<>();
  private KeyRange rest;
  private long skip;
  private long wanted;
  private boolean ended;

  GroupPages(SqliteViewIndex index, int view, ViewQuery query, int level) {
    this.index = index;
    this.view = view;
    this.level = level;
    this.descending = query.descending();
    this.rest = KeyRange.of(query);
    this.skip = query.skip();
    this.wanted = query.limit();
  }

  @Override
  public boolean hasNext() {
    while (page.isEmpty() && !ended) {
      index.read(view, this::readPage);
    }
    return !page.isEmpty();
  }

  private boolean readPage(ReductionTree tree) throws java.sql.SQLException {
    page.clear(); // of a read that failed half-way
    if (wanted == 0 || rest.isEmpty()) {
      ended = true;
      return false;
    }
    var read = new ArrayDeque<Group>();
    tree.groups(
        rest.from(),
        rest.to(),
        level,
        descending,
        (key, value) -> {
          read.add(new Group(key, value));
          return read.size() < PAGE;
        });
    ended = read.size() < PAGE || level == 0;
    if (!ended) {
      rest = rest.behindPrefix(prefix(read.getLast().key()), descending);
    }
    for (; skip > 0 && !read.isEmpty(); skip--) {
      read.remove();
    }
    page.addAll(read);
    return true;
  }

  /** What the keys of all rows of a group begin with. */
  private byte[] prefix(JsonElement key) {
    if (key instanceof JsonArray array && array.size() == level) {
      // The group has longer arrays too.
      var longer = array.deepCopy();
      longer.add(JsonNull.INSTANCE);
      return Collation.prefix(longer, level);
    }
    return Collation.key(key);
  }

  @Override
  public Group next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    var next = page.remove();
    wanted--;
    if (wanted == 0) {
      page.clear();
      ended = true;
    }
    return next;
  }
}
