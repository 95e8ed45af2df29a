// Orders: the list with its age, the wizard from a file to a live source, a real try.
import { render, screen, within } from '@testing-library/svelte'
import userEvent from '@testing-library/user-event'
import { describe, expect, it } from 'vitest'
import { FakeHost, type FakeOptions } from '../src/host/fake'
import { isWeak, missing } from '../src/features/orders/mapping'
import OrdersView from '../src/views/OrdersView.svelte'
import { accessibilityProblems } from './axe'

async function openOrders(options: FakeOptions = {}, host = new FakeHost(options)) {
  const { container } = render(OrdersView, { host, desk: null, onchange: () => {} })
  await screen.findByRole('heading', { name: 'Where orders come from' })
  return { host, container, user: userEvent.setup() }
}

async function openWizard(options: FakeOptions = { empty: true }) {
  const opened = await openOrders(options)
  await opened.user.click(screen.getByRole('button', { name: 'Choose a file…' }))
  await screen.findByRole('heading', { name: 'Which column holds what?' })
  return opened
}

const holds = (column: string) => screen.getByRole<HTMLSelectElement>('combobox', { name: `Column ${column} holds` })

describe('sources of orders', () => {
  it('tells their age with a warning, and what opens them', async () => {
    const { container, user } = await openOrders()
    expect(screen.getByText(/200 orders/)).toBeTruthy()
    expect(screen.getByText(/Too old/)).toBeTruthy()
    expect(screen.getByText(/their e-mail address or their postcode/)).toBeTruthy()
    expect(await accessibilityProblems(container)).toEqual([])
    await user.click(screen.getByRole('button', { name: 'Read the file again' }))
    expect(await screen.findByText('Visitors can ask for 200 orders.')).toBeTruthy()
    expect(screen.queryByText(/Too old/)).toBeNull()
  })

  it('are removed only after saying what goes', async () => {
    const { user, host } = await openOrders()
    await user.click(screen.getByRole('button', { name: /^Remove/ }))
    const dialog = within(screen.getByRole('dialog'))
    expect(dialog.getByText(/200 orders are forgotten here.*The file itself stays/)).toBeTruthy()
    expect(dialog.getByText('You can undo this right afterwards.')).toBeTruthy()
    await user.click(dialog.getByRole('button', { name: 'Cancel' }))
    expect(host.log).not.toContain('remove_order_source')
    await user.click(screen.getByRole('button', { name: /^Remove/ }))
    await user.click(screen.getByRole('button', { name: 'Remove them' }))
    expect(await screen.findByText(/No orders are connected/)).toBeTruthy()
  })

  it('come back from a file with their columns', async () => {
    const { user, host } = await openOrders()
    const [source] = structuredClone(host.orders.sources)
    await user.click(screen.getByRole('button', { name: /^Remove/ }))
    await user.click(screen.getByRole('button', { name: 'Remove them' }))
    expect(await screen.findByText('200 orders were removed.')).toBeTruthy()
    await user.click(screen.getByRole('button', { name: 'Undo' }))
    expect(await screen.findByText('Visitors can ask for 200 orders.')).toBeTruthy()
    expect(host.orders.sources).toMatchObject([{ place: source?.place, map: source?.map, max_age_hours: source?.max_age_hours }])
    expect(screen.queryByRole('button', { name: 'Undo' })).toBeNull()
  })

  it('do not come back from a database, whose password is gone, and the dialog says so', async () => {
    const host = new FakeHost()
    for (const source of host.orders.sources) Object.assign(source, { kind: 'postgres', place: 'postgres://me:•••@10.0.0.5/shop#orders' })
    const { user } = await openOrders({}, host)
    await user.click(screen.getByRole('button', { name: /^Remove.*postgres/ }))
    expect(within(screen.getByRole('dialog')).getByText(/has to be said once more/)).toBeTruthy()
    await user.click(screen.getByRole('button', { name: 'Remove them' }))
    expect(await screen.findByText(/No orders are connected/)).toBeTruthy()
    expect(screen.queryByRole('button', { name: 'Undo' })).toBeNull()
  })
})

describe('setting up orders', () => {
  it('shows five covered rows under the proposed columns', async () => {
    const { container } = await openWizard()
    expect(holds('mail').value).toBe('email')
    expect(holds('remarks').value).toBe('')
    expect(screen.getByText('a•••@e••••••.o••')).toBeTruthy()
    expect(within(screen.getByRole('region', { name: 'The first rows' })).getAllByRole('row')).toHaveLength(6)
    expect(screen.getByText(/The order number, and one of these: their e-mail address or their postcode/)).toBeTruthy()
    expect(await accessibilityProblems(container)).toEqual([])
  })

  it('says what is missing, and lets nobody go live without it', async () => {
    const { user } = await openWizard()
    const live = screen.getByRole<HTMLButtonElement>('button', { name: 'Let visitors ask for these orders' })
    await user.selectOptions(holds('order_no'), 'Not used')
    expect(screen.getByText(/Say which column holds the order number/)).toBeTruthy()
    expect(live.disabled).toBe(true)
    await user.selectOptions(holds('remarks'), 'Order number')
    expect(live.disabled).toBe(false)
    await user.selectOptions(holds('order_no'), 'Order number')
    expect(holds('remarks').value).toBe('')
  })

  it('goes live with the columns and words as they were chosen', async () => {
    const { user, host } = await openWizard()
    const sent: unknown[] = []
    const { manage } = host
    host.manage = (command) => {
      if (command.do === 'activate_orders') sent.push(command)
      return manage(command)
    }
    await user.selectOptions(holds('sent'), 'Not used')
    await user.type(screen.getByLabelText(/X7/), 'It waits for a part.')
    await user.selectOptions(screen.getByLabelText('Too old to be shown after'), '7 days')
    await user.click(screen.getByRole('button', { name: 'Let visitors ask for these orders' }))
    expect(await screen.findByText('Visitors can ask for 200 orders.')).toBeTruthy()
    expect(sent).toEqual([
      {
        do: 'activate_orders',
        from: 'C:\\Shop\\new-orders.csv',
        map: ['order_no=number', 'mail=email', 'zip=postcode', 'state=status'],
        sentences: ['X7=It waits for a part.'],
        max_age_hours: 168,
      },
    ])
  })

  it('changes nothing when the real order is not found', async () => {
    const { user, host } = await openWizard()
    await user.type(screen.getByLabelText('Order number'), 'HO-1')
    await user.type(screen.getByLabelText('What only the customer knows'), 'x')
    await user.click(screen.getByRole('button', { name: 'Let visitors ask for these orders' }))
    expect(await screen.findByText(/was not found with its own proof/)).toBeTruthy()
    expect(host.orders.sources).toHaveLength(0)
    expect(screen.getByRole('heading', { name: 'Which column holds what?' })).toBeTruthy()
  })

  it('says what is wrong with a file that is no table', async () => {
    const { user } = await openOrders({ empty: true })
    await user.type(screen.getByLabelText('File, or address of a database'), 'broken.csv{Enter}')
    expect(await screen.findByText(/Save the orders as CSV/)).toBeTruthy()
  })
})

describe('a real order', () => {
  it('is shown as a visitor sees it, and refused like a visitor is', async () => {
    const { user } = await openOrders()
    const form = within(screen.getByRole('region', { name: 'Try a real order' }))
    await user.type(form.getByLabelText('Order number'), 'HO-104106')
    await user.type(form.getByLabelText('What only the customer knows'), 'wrong{Enter}')
    expect(await form.findByText('Not shown')).toBeTruthy()
    await user.clear(form.getByLabelText('What only the customer knows'))
    await user.type(form.getByLabelText('What only the customer knows'), 'test@example.org{Enter}')
    expect(await form.findByText(/on its way/)).toBeTruthy()
  })

  it('can be unlocked by its number', async () => {
    const { user } = await openOrders()
    const form = within(screen.getByRole('region', { name: 'Unlock an order' }))
    await user.type(form.getByLabelText('Order number'), 'HO-104106{Enter}')
    expect(await form.findByText(/can be tried again/)).toBeTruthy()
  })
})

describe('what a mapping needs', () => {
  it.each([
    [['', 'email', 'status'], 'number'],
    [['number', 'number', 'email', 'status'], 'number'],
    [['number', '', 'status'], 'proof'],
    [['number', 'email', ''], 'shown'],
    [['number', 'email', 'items'], null],
  ])('%j lacks %s', (fields, expected) => expect(missing(fields)).toBe(expected))

  it('warns when only a name opens an order', () => {
    expect(isWeak(['number', 'last_name', 'status'])).toBe(true)
    expect(isWeak(['number', 'last_name', 'email'])).toBe(false)
  })
})
