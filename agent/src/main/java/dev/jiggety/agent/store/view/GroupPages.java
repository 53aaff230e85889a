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
  private final byte[] partition;
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
    this.partition = query.prefix();
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
    try {
      tree.groups(
          rest.from(),
          rest.to(),
          descending,
          this::prefix,
          (first, value) -> {
            read.add(new Group(cut(first), value));
            return read.size() < PAGE;
          });
      ended = read.size() < PAGE || level == 0;
    } catch (ReduceException e) {
      if (read.isEmpty()) {
        throw e;
      }
      // These first; it fails again where the next ones are to be read.
    }
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
    return KeyRange.concat(partition, keyPrefix(key));
  }

  private byte[] keyPrefix(JsonElement key) {
    if (level == 0) {
      return new byte[0];
    }
    if (key instanceof JsonArray array && array.size() >= level) {
      var longer = array;
      if (array.size() == level) {
        longer = array.deepCopy(); // the group has longer arrays too
        longer.add(JsonNull.INSTANCE);
      }
      return Collation.prefix(longer, level);
    }
    return Collation.key(key);
  }

  private JsonElement cut(JsonElement key) {
    if (level == 0) {
      return JsonNull.INSTANCE;
    }
    if (!(key instanceof JsonArray array) || array.size() <= level) {
      return key;
    }
    var cut = new JsonArray(level);
    array.asList().subList(0, level).forEach(cut::add);
    return cut;
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
