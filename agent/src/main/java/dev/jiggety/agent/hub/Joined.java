package dev.jiggety.agent.hub;

import com.google.gson.JsonElement;
import dev.jiggety.agent.store.view.ViewQuery;
import java.util.Collections;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.function.Function;

/** What belongs to each of some keys in turn; skip and limit are counted over all of it. */
final class Joined<T> implements Iterator<T> {
  private final Iterator<JsonElement> keys;
  private final Function<JsonElement, Iterator<T>> read;
  private Iterator<T> now = Collections.emptyIterator();
  private long left;

  Joined(Iterator<JsonElement> keys, Function<JsonElement, Iterator<T>> read, ViewQuery range) {
    this.keys = keys;
    this.read = read;
    this.left = Long.MAX_VALUE;
    for (var skip = range.skip(); skip > 0 && hasNext(); skip--) {
      next();
    }
    this.left = range.limit();
  }

  @Override
  public boolean hasNext() {
    while (left > 0 && !now.hasNext() && keys.hasNext()) {
      now = read.apply(keys.next());
    }
    return left > 0 && now.hasNext();
  }

  @Override
  public T next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    left--;
    return now.next();
  }
}
