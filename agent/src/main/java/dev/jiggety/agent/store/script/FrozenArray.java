package dev.jiggety.agent.store.script;

import org.mozilla.javascript.NativeArray;
import org.mozilla.javascript.Scriptable;

/** An array of a document: what a map function writes into it is lost, as in CouchDB. */
@SuppressWarnings("ReferenceEquality") // is it this very object that is written to?
final class FrozenArray extends NativeArray {
  private static final long serialVersionUID = 1L;

  private boolean frozen;

  FrozenArray(Object[] elements) {
    super(elements);
  }

  void freeze() {
    frozen = true;
    // sealed as well: Rhino's own array functions go past put() and look at the seal alone
    sealObject();
  }

  @Override
  public void put(String name, Scriptable start, Object value) {
    if (!frozen || start != this) {
      super.put(name, start, value);
    }
  }

  @Override
  public void put(int index, Scriptable start, Object value) {
    if (!frozen || start != this) {
      super.put(index, start, value);
    }
  }

  @Override
  public void delete(String name) {
    if (!frozen) {
      super.delete(name);
    }
  }

  @Override
  public void delete(int index) {
    if (!frozen) {
      super.delete(index);
    }
  }
}
