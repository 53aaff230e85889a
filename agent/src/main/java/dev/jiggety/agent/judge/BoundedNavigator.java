package dev.jiggety.agent.judge;

import java.util.Iterator;
import org.jaxen.FunctionCallException;
import org.jaxen.UnsupportedAxisException;
import org.jaxen.dom.DocumentNavigator;

/** Walks over a page for XPath, each node for one step of a budget; loads no other document. */
@SuppressWarnings({"rawtypes", "serial"}) // as Jaxen has it
final class BoundedNavigator extends DocumentNavigator {
  private static final long serialVersionUID = 1L;

  private final transient Budget budget;

  BoundedNavigator(Budget budget) {
    this.budget = budget;
  }

  @Override
  public Iterator getChildAxisIterator(Object node) {
    return counted(super.getChildAxisIterator(node));
  }

  @Override
  public Iterator getDescendantAxisIterator(Object node) throws UnsupportedAxisException {
    return counted(super.getDescendantAxisIterator(node));
  }

  @Override
  public Iterator getFollowingAxisIterator(Object node) {
    return counted(super.getFollowingAxisIterator(node));
  }

  @Override
  public Iterator getFollowingSiblingAxisIterator(Object node) {
    return counted(super.getFollowingSiblingAxisIterator(node));
  }

  @Override
  public Iterator getPrecedingAxisIterator(Object node) throws UnsupportedAxisException {
    return counted(super.getPrecedingAxisIterator(node));
  }

  @Override
  public Iterator getPrecedingSiblingAxisIterator(Object node) {
    return counted(super.getPrecedingSiblingAxisIterator(node));
  }

  @Override
  public Iterator getAncestorAxisIterator(Object node) throws UnsupportedAxisException {
    return counted(super.getAncestorAxisIterator(node));
  }

  @Override
  public Iterator getAttributeAxisIterator(Object node) {
    return counted(super.getAttributeAxisIterator(node));
  }

  @Override
  public String getElementStringValue(Object node) {
    String text = super.getElementStringValue(node);
    budget.take(1 + text.length() / 16);
    return text;
  }

  @Override
  public Object getDocument(String address) throws FunctionCallException {
    throw new FunctionCallException("no other document is loaded");
  }

  private Iterator counted(Iterator nodes) {
    budget.step();
    return new Iterator() {
      @Override
      public boolean hasNext() {
        return nodes.hasNext();
      }

      @Override
      public Object next() {
        budget.step();
        return nodes.next();
      }
    };
  }
}
