DROP TRIGGER need_balance_first_step ON public.need_balance;
DROP TRIGGER need_balance_step ON public.need_balance;
DROP FUNCTION public.note_need_step();
