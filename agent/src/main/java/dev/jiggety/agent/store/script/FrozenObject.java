package dev.jiggety.agent.store.script;

import org.mozilla.javascript.NativeObject;
import org.mozilla.javascript.Scriptable;
import org.mozilla.javascript.Symbol;

/** An object of a document: what a map function writes into it is lost, as in CouchDB. */
@SuppressWarnings("ReferenceEquality") // is it this very object that is written to?
final class FrozenObject extends NativeObject {
  private static final long serialVersionUID = 1L;

  private boolean frozen;

  /** Assignments are ignored, as in code that is not strict; all else is refused for the seal. */
  void freeze() {
    frozen = true;
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
