/** A list with a line for each of its entries, and small buttons at their ends. */
export const rowStyles = `
li {
  display: flex;
  flex-wrap: wrap;
  align-items: center;
  justify-content: space-between;
  gap: 0.3rem 1rem;
  min-block-size: 44px;
  padding-block: 0.4rem;
  border-block-start: 1px solid var(--_border);
}
li button { min-block-size: 36px; padding-block: 0.25em; font-size: 0.9em; }
`;
