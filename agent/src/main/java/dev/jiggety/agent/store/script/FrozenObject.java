package dev.jiggety.agent.store.script;

import org.mozilla.javascript.NativeObject;
import org.mozilla.javascript.Scriptable;
import org.mozilla.javascript.Symbol;

/** An object of a document: what a map function writes into it is lost, as in CouchDB. */
final class FrozenObject extends NativeObject {
  private static final long serialVersionUID = 1L;

  private boolean frozen;

  void freeze() {
    frozen = true;
    preventExtensions();
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
  public void put(Symbol key, Scriptable start, Object value) {
    if (!frozen || start != this) {
      super.put(key, start, value);
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

  @Override
  public void delete(Symbol key) {
    if (!frozen) {
      super.delete(key);
    }
  }

  @Override
  public void setPrototype(Scriptable prototype) {
    if (!frozen) {
      super.setPrototype(prototype);
    }
  }
}
