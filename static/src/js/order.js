// Orders that each person has for themselves, by a fair chance.
export function mixedUp(list) {
  const order = [...list];
  for (let last = order.length - 1; last > 0; last -= 1) {
    const other = crypto.getRandomValues(new Uint32Array(1))[0] % (last + 1);
    [order[last], order[other]] = [order[other], order[last]];
  }
  return order;
}

// All steps as one person walks them: those of a part that is mixed in an order of their own, where the part stands.
export function personal(steps) {
  const groups = [];
  for (const step of steps) {
    if (groups.at(-1)?.[0].part === step.part) groups.at(-1).push(step);
    else groups.push([step]);
  }
  return groups.flatMap((group) => (group[0].mixed ? mixedUp(group) : group));
}
